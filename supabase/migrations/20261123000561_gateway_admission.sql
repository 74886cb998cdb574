-- What the gateway asks before it serves, second half: may these requests go on, within the key's limits and the
-- organization's credit.

-- How many of a key's next requests its limits let through. The key is locked for the rest of the transaction
-- (a statement or two), so that gateways in many processes count as one.
create function nemo_private.admit_by_key(
  key_id uuid, wanted integer, per_minute integer, concurrency integer, budget bigint,
  out admitted integer, out refusal text, out remaining integer, out reset_seconds integer)
language plpgsql
set search_path = ''
as $$
declare
  this_second timestamptz;
  used integer;
  allowed integer;
begin
  admitted := admit_by_key.wanted;
  if per_minute is null and concurrency is null and budget is null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(admit_by_key.key_id::text, 1));
  if budget is not null and budget <=
      coalesce((select s.spent_nanousd from nemo_private.key_spending s
                where s.api_key_id = admit_by_key.key_id and s.month = date_trunc('month', now() at time zone 'UTC')::date), 0)
      + coalesce((select sum(f.reserved_nanousd) from nemo_private.in_flight f where f.api_key_id = admit_by_key.key_id), 0) then
    admitted := 0;
    refusal := 'budget_exceeded';
    return;
  end if;
  if concurrency is not null then
    allowed := greatest(concurrency - (select count(*) from nemo_private.in_flight f where f.api_key_id = admit_by_key.key_id), 0);
    if allowed < admitted then
      admitted := allowed;
      refusal := 'concurrency';
      reset_seconds := 1;
    end if;
  end if;
  if per_minute is not null then
    this_second := date_trunc('second', clock_timestamp());
    -- A second counts until all of it is a minute ago, so that no minute, wherever it begins, sees more.
    select coalesce(sum(c.requests), 0) into used from nemo_private.request_counts c
    where c.api_key_id = admit_by_key.key_id and c.second >= this_second - interval '60 seconds';
    allowed := greatest(per_minute - used, 0);
    if allowed < admitted then
      admitted := allowed;
      refusal := 'rate_limit';
    end if;
    select ceil(extract(epoch from min(c.second) + interval '61 seconds' - clock_timestamp())) into reset_seconds
    from nemo_private.request_counts c
    where c.api_key_id = admit_by_key.key_id and c.second >= this_second - interval '60 seconds';
    -- OpenAI's SDKs take a wait of more than a minute for nonsense and come back within seconds.
    reset_seconds := least(greatest(coalesce(reset_seconds, 60), 1), 60);
    remaining := allowed - admitted;
    if admitted > 0 then
      insert into nemo_private.request_counts as c (api_key_id, second, requests)
      values (admit_by_key.key_id, this_second, admitted)
      on conflict (api_key_id, second) do update set requests = c.requests + excluded.requests;
      delete from nemo_private.request_counts c
      where c.api_key_id = admit_by_key.key_id and c.second < this_second - interval '2 minutes';
    end if;
  end if;
end
$$;
comment on function nemo_private.admit_by_key(uuid, integer, integer, integer, bigint) is 'Applies a key''s budget, concurrency and requests per minute (a window that slides by seconds).';

-- What an organization can still reserve.
create function nemo_private.free_credit(organization_id uuid)
returns bigint
language plpgsql
volatile
set search_path = ''
-- Between two vacuums the table is mostly requests that are over. An index scan marks what it finds dead and never
-- looks at it again; reading the table, which seems cheaper for so few rows, looks at all of it each time.
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  free bigint;
begin
  -- Both at one moment: what is written down meanwhile leaves the one and enters the other.
  select coalesce((select b.balance_nanousd from nemo_private.credit_balances b where b.organization_id = free_credit.organization_id), 0)
    - coalesce((select sum(f.reserved_nanousd) from nemo_private.in_flight f where f.organization_id = free_credit.organization_id), 0)
  into free;
  return free;
end
$$;
comment on function nemo_private.free_credit(uuid) is 'Balance less the reservations of requests in flight, in nano-dollars.';

revoke execute on all functions in schema nemo_private from public;
