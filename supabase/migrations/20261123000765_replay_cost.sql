-- What a replay is expected to cost, before it runs, and what it did cost, after.

create function nemo.start_replay(
  template_id text,
  versions integer[],
  source text,
  cases integer,
  estimated_cost_nanousd bigint default null,
  from_credit_nanousd bigint default null
)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(start_replay.template_id, 'member');
  -- Unless it is said that an organization's own provider bills some of it, credit pays for all.
  from_credit bigint := coalesce(start_replay.from_credit_nanousd, start_replay.estimated_cost_nanousd);
begin
  perform nemo_private.check_choice(start_replay.source, 'source of a replay', array['logs', 'examples']);
  if start_replay.source = 'logs' then
    perform nemo_private.require_role(template.organization_id, 'admin', 'template');
    perform nemo_private.require_full_policy(template.organization_id);
  end if;
  if coalesce(cardinality(start_replay.versions), 0) not between 1 and 2 then
    perform nemo_private.fail('NM015', 'A replay runs one or two versions.', 'Name the versions to run.');
  end if;
  perform nemo_private.require_version(template.id, v) from unnest(start_replay.versions) v;
  perform nemo_private.check_range(coalesce(start_replay.cases, 0), 'number of cases', 1, 500);
  perform nemo_private.check_range(start_replay.estimated_cost_nanousd, 'estimated cost', 0, 1000000000000000);
  perform nemo_private.check_range(from_credit, 'part that credit pays', 0, 1000000000000000);
  -- The gateway would refuse the requests one by one once the credit is used up: better none than half of an answer.
  if from_credit > (select coalesce(sum(b.balance_nanousd), 0) from nemo_private.credit_balances b where b.organization_id = template.organization_id) then
    perform nemo_private.fail('NM210', 'This replay is expected to cost more than the credit that is left.',
      'Run fewer cases or one version, or add credit.');
  end if;
  perform nemo_private.append_audit(template.organization_id, 'replay.started', 'template', template.id, template.id,
    after => jsonb_build_object('versions', start_replay.versions, 'source', start_replay.source,
      'cases', start_replay.cases, 'estimated_cost_nanousd', start_replay.estimated_cost_nanousd));
  return true;
end
$$;
comment on function nemo.start_replay(text, integer[], text, integer, bigint, bigint) is
  'Writes down that versions are about to be run over logged requests (admin, policy full) or examples (member), with the cost that was shown and how much of it credit pays (all of it unless told). NM002, NM003, NM014, NM015, NM023, NM024, NM209, NM210 more than the credit left.';

create function nemo.replay_cost(template_id text, request_ids uuid[])
returns table (requests bigint, unpriced bigint, cost_nanousd bigint)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates;
begin
  select * into template from nemo.prompt_templates t where t.id = replay_cost.template_id;
  perform nemo_private.require_role(template.organization_id, 'viewer', 'template');
  perform nemo_private.check_range(coalesce(cardinality(replay_cost.request_ids), 0), 'number of requests', 1, 1000);
  return query
    select count(*) filter (where l.request_id is not null or c.request_id is not null),
      count(*) filter (where l.request_id is not null and l.cost_nanousd is null),
      coalesce(sum(coalesce(l.cost_nanousd, -c.amount_nanousd)), 0)::bigint
    from unnest(replay_cost.request_ids) asked (id)
    -- The id holds its time, so one partition is searched for each. Under policy none there is only the charge.
    left join nemo.prompt_logs l on l.request_id = asked.id and l.created_at = nemo_private.uuid_time(asked.id)
      and l.organization_id = template.organization_id
    left join nemo.credit_ledger c on c.request_id = asked.id and c.organization_id = template.organization_id;
end
$$;
comment on function nemo.replay_cost(text, uuid[]) is
  'What requests of the template''s organization cost, by the ids of their receipts (viewer): how many of them are written down by now, how many of those have no known price, and the sum of the others. NM003, NM015.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function
  nemo.start_replay(text, integer[], text, integer, bigint, bigint), nemo.replay_cost(text, uuid[])
  to authenticated, service_role;
