-- What pg_cron does where the project has it. Elsewhere the gateway keeps house while it serves, and whoever asks for
-- recommendations has them made. Functions of extensions are named in dynamic statements, so that a database without
-- them takes this migration too, and `supabase db lint` has nothing to look up.

create function nemo_private.schedule_work()
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  cron constant regnamespace := to_regnamespace('cron');
  work record;
  scheduled text[] := '{}'::text[];
begin
  if cron is null then
    return scheduled;
  end if;
  for work in
    select w.name, w.schedule, w.command
    from (values
      ('nemo-housekeeping', '* * * * *', 'select nemo_private.gateway_maintain()', true),
      ('nemo-recommendations', '* * * * *', 'select nemo_private.wake_recommendation_worker()',
        to_regnamespace('net') is not null and to_regclass('vault.decrypted_secrets') is not null),
      -- pg_cron keeps a row of each run for ever.
      ('nemo-run-history', '17 3 * * *', $command$ delete from cron.job_run_details d using cron.job j
        where j.jobid = d.jobid and j.jobname like 'nemo-%' and d.start_time < now() - interval '7 days' $command$, true),
      ('nemo-sums', '* * * * *', 'select nemo_private.gateway_fold()', true)
    ) w (name, schedule, command, possible)
    where w.possible
    order by w.name
  loop
    -- A schedule of the same name is replaced, so that this may be called again.
    execute format('select %s.schedule($1, $2, $3)', cron) using work.name, work.schedule, work.command;
    scheduled := scheduled || work.name;
  end loop;
  return scheduled;
end
$$;
comment on function nemo_private.schedule_work() is
  'Has pg_cron keep house, add up finished days and, where pg_net and Vault are there too, wake the worker of recommendations; answers the names of the schedules. The migration calls it; call it again (as postgres) after enabling an extension.';
select nemo_private.schedule_work();

revoke execute on all functions in schema nemo_private from public;
