-- What keys have cost this month, beside their budgets. The sums themselves stay private: the gateway writes them
-- with every batch, and a policy on them would be one more thing it waits for.

create function nemo.api_key_spending(organization_id uuid)
returns table (api_key_id uuid, spent_nanousd bigint)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform nemo_private.require_role(api_key_spending.organization_id, 'viewer');
  return query
    select s.api_key_id, s.spent_nanousd
    from nemo.api_keys k
    join nemo_private.key_spending s on s.api_key_id = k.id
    where k.organization_id = api_key_spending.organization_id
      and s.month = date_trunc('month', now() at time zone 'UTC')::date;
end
$$;
comment on function nemo.api_key_spending(uuid) is
  'What each key has cost in this calendar month (UTC), in billionths of a US dollar: the sum its budget is held against. Keys that have cost nothing are left out (viewer). NM003.';

revoke execute on function nemo.api_key_spending(uuid) from public;
grant execute on function nemo.api_key_spending(uuid) to authenticated, service_role;
