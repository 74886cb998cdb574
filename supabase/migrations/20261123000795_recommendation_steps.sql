-- What a recommendation may become: it is open until somebody decides, once. Each step is audited and told to open
-- dashboards.

alter table nemo.prompt_recommendations add column rebased_from uuid;
alter table nemo.prompt_recommendations
  add foreign key (organization_id, rebased_from) references nemo.prompt_recommendations (organization_id, id) on delete set null (rebased_from);
create index prompt_recommendations_rebased_idx on nemo.prompt_recommendations (organization_id, rebased_from);
comment on column nemo.prompt_recommendations.rebased_from is 'The superseded recommendation this one carries over to a newer version.';

create function nemo_private.check_recommendation_step()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  -- All else of an open recommendation stays as it was shown to whoever decides.
  decision constant text[] := array['state', 'decided_by', 'decided_at', 'decision_note', 'resulting_version', 'test_id'];
begin
  -- What a test measures, and a test or recommendation that is deleted, may be noted at any time.
  if to_jsonb(new) - 'realised_effect' - 'test_id' - 'rebased_from' = to_jsonb(old) - 'realised_effect' - 'test_id' - 'rebased_from'
    and (new.test_id is null or new.test_id is not distinct from old.test_id)
    and (new.rebased_from is null or new.rebased_from is not distinct from old.rebased_from)
  then
    return new;
  end if;
  if old.state <> 'open' then
    perform nemo_private.fail('NM300', format('This recommendation is already %s.', old.state), 'It can be decided once. Ask for new ones.');
  end if;
  if to_jsonb(new) - decision <> to_jsonb(old) - decision or new.state = 'open' then
    perform nemo_private.fail('NM050', 'A recommendation cannot be changed, only decided.', 'Make a new one instead.');
  end if;
  return new;
end
$$;
comment on function nemo_private.check_recommendation_step() is
  'Keeps a recommendation as it was made until it is decided, and its decision for ever (NM300, NM050).';
create trigger prompt_recommendations_check_step
  before update on nemo.prompt_recommendations
  for each row execute function nemo_private.check_recommendation_step();

create function nemo_private.require_recommendation(recommendation_id uuid)
returns nemo.prompt_recommendations
language plpgsql
set search_path = ''
as $$
declare
  found_one nemo.prompt_recommendations;
begin
  select * into found_one from nemo.prompt_recommendations r where r.id = require_recommendation.recommendation_id;
  perform nemo_private.require_role(found_one.organization_id, 'member', 'recommendation');
  perform nemo_private.require_template(found_one.template_id, 'member');
  -- Read again under the template's lock: of two people who decide at once the second sees the first's decision.
  select * into found_one from nemo.prompt_recommendations r where r.id = require_recommendation.recommendation_id for no key update;
  if found_one.state <> 'open' then
    perform nemo_private.fail('NM300', format('This recommendation is already %s.', found_one.state),
      case when found_one.state = 'superseded' then 'Rebase it on the newest version, or ask for new ones.' else 'It can be decided once. Ask for new ones.' end);
  end if;
  return found_one;
end
$$;
comment on function nemo_private.require_recommendation(uuid) is
  'The open recommendation, locked with its template, if the caller is at least a member. NM001, NM002, NM003, NM023, NM300 when it is decided.';

create function nemo_private.broadcast_recommendation(recommendation nemo.prompt_recommendations)
returns void
language sql
set search_path = ''
as $$
  select nemo_private.broadcast(recommendation.organization_id, 'recommendation.changed',
    jsonb_build_object('recommendation_id', recommendation.id, 'template_id', recommendation.template_id))
$$;
comment on function nemo_private.broadcast_recommendation(nemo.prompt_recommendations) is 'Tells open dashboards that a recommendation is new or decided.';

create function nemo_private.announce_recommendation(recommendation nemo.prompt_recommendations, action text, after jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform nemo_private.append_audit(recommendation.organization_id, announce_recommendation.action, 'recommendation',
    recommendation.id::text, recommendation.template_id,
    after => jsonb_build_object('kind', recommendation.kind, 'source_version', recommendation.source_version) || announce_recommendation.after);
  perform nemo_private.broadcast_recommendation(recommendation);
end
$$;
comment on function nemo_private.announce_recommendation(nemo.prompt_recommendations, text, jsonb) is
  'Writes the audit entry of a decision and tells open dashboards.';

revoke execute on all functions in schema nemo_private from public;
