-- What has to be done from time to time, asked for by the gateway about once a minute while it serves. So
-- nothing depends on pg_cron being there; where it is, a schedule asks too, also while nobody is served.

create table nemo_private.retention_applied (
  only_row boolean primary key default true check (only_row),
  at timestamptz not null
);
comment on table nemo_private.retention_applied is 'When housekeeping last applied retention.';
comment on column nemo_private.retention_applied.only_row is 'There is one row.';
comment on column nemo_private.retention_applied.at is 'When; once an hour is enough, and looking through all organizations once a minute would be too much.';
alter table nemo_private.retention_applied enable row level security, force row level security;
insert into nemo_private.retention_applied (at) values ('-infinity');

create function nemo_private.gateway_maintain()
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- One at a time is enough; whoever comes second has nothing to do.
  if not pg_try_advisory_xact_lock(hashtextextended('nemo.gateway_maintain', 3)) then
    return;
  end if;
  perform nemo_private.settle_lost_requests();
  perform nemo_private.ensure_log_partitions();
  perform nemo_private.collect_denials();
  delete from nemo_private.request_counts c where c.second < now() - interval '2 minutes';
  update nemo_private.retention_applied a set at = now() where a.at < now() - interval '1 hour';
  if found then
    delete from nemo_private.recorded_batches b where b.recorded_at < now() - interval '1 day';
    delete from nemo.access_denials d where d.created_at < now() - interval '90 days';
    perform nemo_private.prune_audit_logs();
    delete from nemo_private.withdrawn_requests w where w.withdrawn_at < now() - interval '1 day';
    perform nemo_private.apply_log_retention();
  end if;
  delete from nemo_private.in_flight l using nemo_private.withdrawn_requests w where w.request_id = l.request_id;
end
$$;
comment on function nemo_private.gateway_maintain() is
  'Housekeeping: lost requests, log partitions ahead of time, refusals to count, old counters; once an hour retention of logs and audit, and refusals older than 90 days.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.gateway_maintain() to nemo_gateway;
