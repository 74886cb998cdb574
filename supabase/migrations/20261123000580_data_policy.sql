-- What may be kept of requests, for how long, and getting rid of the rest.

create function nemo.set_data_policy(organization_id uuid, policy text, log_retention_days integer default null)
returns nemo.organizations
language plpgsql
security definer
set search_path = ''
as $$
declare
  before nemo.organizations;
  after nemo.organizations;
begin
  perform nemo_private.require_role(set_data_policy.organization_id, 'admin');
  perform nemo_private.check_choice(set_data_policy.policy, 'data policy', array['none', 'metadata', 'full']);
  perform nemo_private.check_range(set_data_policy.log_retention_days, 'number of days', 1, 3650);
  select * into before from nemo.organizations o where o.id = set_data_policy.organization_id for update;
  update nemo.organizations o set data_policy = set_data_policy.policy,
    log_retention_days = coalesce(set_data_policy.log_retention_days, o.log_retention_days), updated_at = now()
  where o.id = set_data_policy.organization_id
  returning o.* into after;
  perform nemo_private.append_audit(after.id, 'organization.policy_changed', 'organization', after.id::text,
    before => jsonb_build_object('data_policy', before.data_policy, 'log_retention_days', before.log_retention_days),
    after => jsonb_build_object('data_policy', after.data_policy, 'log_retention_days', after.log_retention_days));
  perform nemo_private.broadcast(after.id, 'organization.changed');
  return after;
end
$$;
comment on function nemo.set_data_policy(uuid, text, integer) is
  'Sets what the gateway keeps of requests from now on: none, metadata or full. What is kept already stays until purge_logs or retention. Admins: NM002, NM003, NM014, NM015.';

create function nemo.purge_logs(organization_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  policy text;
  emptied bigint := 0;
  deleted bigint := 0;
  feedback bigint := 0;
  receipt jsonb;
begin
  perform nemo_private.require_role(purge_logs.organization_id, 'admin');
  select o.data_policy into policy from nemo.organizations o where o.id = purge_logs.organization_id for update;
  if policy = 'metadata' then
    update nemo.prompt_logs l set variables = null, rendered_messages = null, client_messages = null, response = null
    where l.organization_id = purge_logs.organization_id
      and (l.variables is not null or l.rendered_messages is not null or l.client_messages is not null or l.response is not null);
    get diagnostics emptied = row_count;
    update nemo.prompt_feedback f set comment = null, label = case when nemo_private.is_word(f.label) then f.label end
    where f.organization_id = purge_logs.organization_id and f.has_text;
    get diagnostics feedback = row_count;
  elsif policy = 'none' then
    perform nemo_private.forget_subjects(purge_logs.organization_id);
    delete from nemo.prompt_logs l where l.organization_id = purge_logs.organization_id;
    get diagnostics deleted = row_count;
    delete from nemo.prompt_feedback f where f.organization_id = purge_logs.organization_id;
    get diagnostics feedback = row_count;
  end if;
  -- What is still being served, too. A row that somebody has locked is being written down, or renewed by this policy.
  if policy <> 'full' then
    update nemo_private.in_flight f set progress = nemo_private.without_content(f.progress)
    where f.request_id in (
      select l.request_id from nemo_private.in_flight l
      where l.organization_id = purge_logs.organization_id and l.progress is not null for update skip locked);
  end if;
  receipt := jsonb_build_object('data_policy', policy, 'rows_emptied', emptied, 'rows_deleted', deleted, 'feedback_changed', feedback);
  receipt := receipt || jsonb_build_object('audit_sequence', nemo_private.append_audit(purge_logs.organization_id,
    'organization.data_purged', 'organization', purge_logs.organization_id::text, after => receipt));
  perform nemo_private.broadcast(purge_logs.organization_id, 'log.written');
  return receipt;
end
$$;
comment on function nemo.purge_logs(uuid) is
  'Removes what the data policy in force would not have kept: the text of requests and feedback under metadata, whole log rows, feedback and who the subjects of tests were under none. Returns the receipt {data_policy, rows_emptied, rows_deleted, feedback_changed, audit_sequence}. Admins: NM002, NM003.';

create function nemo_private.apply_log_retention()
returns void
language plpgsql
set search_path = ''
as $$
declare
  -- Partitions that nobody keeps any longer.
  over regclass[];
  partition regclass;
  waits constant text := current_setting('lock_timeout');
begin
  select coalesce(array_agg(c.oid::regclass order by c.relname), '{}') into over
  from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'nemo.prompt_logs'::regclass and c.relname ~ '^prompt_logs_\d{8}$'
    and to_date(right(c.relname, 8), 'YYYYMMDD') + 1 <= (now() at time zone 'UTC')::date
      - (select coalesce(max(o.log_retention_days), 30) from nemo.organizations o);
  -- Feedback before logs, as deleting an organization does, so that neither waits for the other.
  delete from nemo.prompt_feedback f using nemo.organizations o
  where f.organization_id = o.id and f.created_at < now() - make_interval(days => o.log_retention_days);
  delete from nemo.prompt_logs l using nemo.organizations o
  where l.organization_id = o.id and l.created_at < now() - make_interval(days => o.log_retention_days)
    and l.tableoid <> all (over);
  -- Who a test's subjects were is kept as long as their log rows. Left to the next time while they are being added up.
  if pg_try_advisory_xact_lock(hashtextextended('nemo.gateway_fold', 3)) then
    delete from nemo_private.subject_sums s using nemo.organizations o
    where s.organization_id = o.id and s.last_day < nemo_private.utc_day(now() - make_interval(days => o.log_retention_days));
  end if;
  -- Last, because it locks the whole log until the transaction ends. Whoever waits for that lock holds up every request
  -- that is to be written: behind a backup, which reads for hours, it is left to the next time.
  begin
    perform set_config('lock_timeout', '1s', true);
    foreach partition in array over loop
      execute format('drop table %s', partition);
    end loop;
    perform set_config('lock_timeout', waits, true);
  exception
    when lock_not_available then null;
  end;
end
$$;
comment on function nemo_private.apply_log_retention() is
  'Drops log partitions older than the longest retention of any organization, and deletes single rows older than their own organization''s. Partitions somebody is reading stay until the next time.';

revoke execute on all functions in schema nemo_private from public;
revoke execute on function nemo.set_data_policy(uuid, text, integer), nemo.purge_logs(uuid) from public;
grant execute on function nemo.set_data_policy(uuid, text, integer), nemo.purge_logs(uuid) to authenticated, service_role;
