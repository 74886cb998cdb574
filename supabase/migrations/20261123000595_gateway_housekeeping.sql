-- What has to be done from time to time, asked for by the gateway about once a minute while it serves. So
-- nothing depends on pg_cron being there; where it is, the jobs of other files only come earlier.

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
  perform nemo_private.prune_audit_logs();
  delete from nemo_private.recorded_batches b where b.recorded_at < now() - interval '1 day';
  delete from nemo_private.request_counts c where c.second < now() - interval '2 minutes';
  perform nemo_private.apply_log_retention();
end
$$;
comment on function nemo_private.gateway_maintain() is
  'Housekeeping: lost requests, log partitions ahead of time, refusals to count, retention of logs and audit, old counters.';

revoke execute on all functions in schema nemo_private from public;
grant execute on function nemo_private.gateway_maintain() to nemo_gateway;
