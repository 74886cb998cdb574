-- Waking the worker where the database can call it: the address lies in Vault under the name below, and a ticket says
-- that it is the database that calls. Elsewhere whoever asks for recommendations calls POST /run. Functions of extensions are named in dynamic
-- statements, so that a database without them takes this migration too.

create function nemo_private.wake_recommendation_worker()
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  address text;
begin
  if to_regclass('vault.decrypted_secrets') is null or to_regnamespace('net') is null then
    return false;
  elsif not exists (select from nemo.recommendation_jobs j
                    where (j.state = 'queued' and j.run_after <= now()) or (j.state = 'running' and j.leased_until < now())) then
    return false;
  end if;
  execute $vault$ select max(decrypted_secret) from vault.decrypted_secrets where name = 'nemo_functions_url' $vault$ into address;
  if address is null then
    return false;
  end if;
  -- pg_net sends what else is queued only when every answer is there, so this one has to come at once.
  execute $net$ select net.http_post(url := $1, body := '{"wait": false}'::jsonb,
    headers := jsonb_build_object('content-type', 'application/json', 'x-nemo-ticket', $2), timeout_milliseconds := 5000) $net$
  using rtrim(address, '/') || '/recommendations/run', nemo_private.issue_ticket('recommendations/run');
  return true;
end
$$;
comment on function nemo_private.wake_recommendation_worker() is
  'Calls the recommendations function when a job is due; answers whether it did. Needs pg_net, and the Vault secret nemo_functions_url (…/functions/v1).';

revoke execute on all functions in schema nemo_private from public;
