-- Trying a version on what was asked before: logged requests (only where policy full keeps them), or saved
-- sets of example variables. The requests themselves go through the gateway like any others, pinned to a
-- version, so they are rendered, charged and logged in the one way there is, and take part in no test.

create table nemo.prompt_examples (
  organization_id uuid not null,
  template_id text not null,
  set_name text not null check (length(set_name) between 1 and 100),
  position integer not null check (position between 1 and 500),
  name text not null default '' check (length(name) <= 200),
  variables json not null check (json_typeof(variables) = 'object'),
  created_by uuid,
  created_at timestamptz not null default now(),
  primary key (template_id, set_name, position),
  foreign key (organization_id, template_id) references nemo.prompt_templates (organization_id, id) on delete cascade
);
comment on table nemo.prompt_examples is 'Saved sets of example variables, written by people, to try versions on.';
comment on column nemo.prompt_examples.organization_id is 'The organization it belongs to.';
comment on column nemo.prompt_examples.template_id is 'The template the variables are for.';
comment on column nemo.prompt_examples.set_name is 'The set; a template may have several.';
comment on column nemo.prompt_examples.position is 'Place in the set, from 1.';
comment on column nemo.prompt_examples.name is 'What the example shows.';
comment on column nemo.prompt_examples.variables is 'The variables, as nemo_prompt_variables would carry them, character for character where they were given as text.';
comment on column nemo.prompt_examples.created_by is 'Who saved it; null for the system.';
comment on column nemo.prompt_examples.created_at is 'When it was saved.';

alter table nemo.prompt_examples enable row level security, force row level security;
create index prompt_examples_template_idx on nemo.prompt_examples (organization_id, template_id);

create policy "members read examples of templates that are not deleted" on nemo.prompt_examples
  for select to authenticated
  using (
    organization_id = any ((select nemo_private.my_organizations())::uuid[])
    and template_id <> all ((select nemo_private.my_deleted_templates())::text[])
  );
grant select on nemo.prompt_examples to authenticated, service_role;

create function nemo_private.is_json_object(value text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return coalesce(json_typeof(is_json_object.value::json) = 'object', false);
exception
  when invalid_text_representation then
    return false;
end
$$;
comment on function nemo_private.is_json_object(text) is 'Whether a text is JSON of an object.';

create function nemo.save_example_set(template_id text, set_name text, examples jsonb)
returns setof nemo.prompt_examples
language plpgsql
security definer
set search_path = ''
as $$
declare
  template nemo.prompt_templates := nemo_private.require_template(save_example_set.template_id, 'member');
  checked text := nemo_private.check_text(save_example_set.set_name, 'name of the set', 100, required => true);
  replaced bigint;
begin
  if jsonb_typeof(save_example_set.examples) is distinct from 'array'
    or exists (select from jsonb_array_elements(save_example_set.examples) e
               where jsonb_typeof(e) <> 'object' or not nemo_private.is_json_object(e ->> 'variables'))
  then
    perform nemo_private.fail('NM208', 'The examples are not a list of objects with variables.',
      'Give [{"name": "…", "variables": {…}}].');
  end if;
  perform nemo_private.check_range(jsonb_array_length(save_example_set.examples), 'number of examples', 0, 500);
  -- The gateway's budget for the variables of one request; a larger example could never be sent.
  if exists (select from jsonb_array_elements(save_example_set.examples) e where octet_length(e ->> 'variables') > 262144) then
    perform nemo_private.fail('NM208', 'An example has more than 256 KiB of variables.', 'Shorten it; the gateway would refuse it too.');
  end if;
  delete from nemo.prompt_examples p where p.template_id = template.id and p.set_name = checked;
  get diagnostics replaced = row_count;
  -- How many, and not what they hold: variables may be somebody's own words, and the log is kept for ever.
  perform nemo_private.append_audit(template.organization_id, 'examples.saved', 'example_set', template.id || '/' || checked, template.id,
    before => jsonb_build_object('examples', replaced),
    after => jsonb_build_object('name', checked, 'examples', jsonb_array_length(save_example_set.examples)));
  return query
    insert into nemo.prompt_examples (organization_id, template_id, set_name, position, name, variables, created_by)
    select template.organization_id, template.id, checked, e.ordinality,
      nemo_private.check_text(e.value ->> 'name', 'name of the example', 200), (e.value ->> 'variables')::json, nemo_private.current_user_id()
    from jsonb_array_elements(save_example_set.examples) with ordinality e
    returning *;
end
$$;
comment on function nemo.save_example_set(text, text, jsonb) is
  'Replaces a set of examples, [{"name"?, "variables"}], variables an object or its JSON as text, which keeps 1.0 and long integers, with at most 500; an empty list removes it (member). NM002, NM003, NM010–NM012, NM015, NM023, NM208.';

create function nemo_private.require_full_policy(organization_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from nemo.organizations o where o.id = require_full_policy.organization_id and o.data_policy = 'full') then
    perform nemo_private.fail('NM209', 'Requests can be replayed only under the data policy full.',
      'Use a saved set of examples, or have an admin set the policy.');
  end if;
end
$$;
comment on function nemo_private.require_full_policy(uuid) is 'Refuses to touch logged content unless the organization''s policy is full now (NM209).';

create function nemo.replay_cases(template_id text, max integer default 50)
returns table (request_id uuid, version integer, endpoint text, obstacle text, variables json, client_messages jsonb, response jsonb,
  completion_tokens integer, created_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  template nemo.prompt_templates;
begin
  select * into template from nemo.prompt_templates t where t.id = replay_cases.template_id and t.deleted_at is null;
  -- Content is for admins, here as in the log itself.
  perform nemo_private.require_role(template.organization_id, 'admin', 'template');
  perform nemo_private.require_full_policy(template.organization_id);
  return query
    select l.request_id, l.version, l.endpoint,
      -- The gateway keeps no words of a request to /responses that are not all that was said.
      case when l.endpoint = 'responses' and l.client_messages is null then 'earlier_answer' end,
      coalesce(l.variables, '{}'), l.client_messages, l.response, l.completion_tokens, l.created_at
    from nemo.prompt_logs l
    where l.organization_id = template.organization_id and l.template_id = template.id
      -- Only what was really answered can be compared.
      and l.rendered_messages is not null and l.status = 200
      and not exists (select from nemo.api_keys k where k.id = l.api_key_id and k.purpose = 'playground')
    order by l.created_at desc
    limit nemo_private.check_range(coalesce(replay_cases.max, 50), 'number of requests', 1, 500);
end
$$;
comment on function nemo.replay_cases(text, integer) is
  'The newest answered requests of a template with their content, to run another version on (admin, policy full); those of the playground are left out. endpoint is chat.completions or responses; obstacle says why one cannot be asked again: earlier_answer, it went on from one that only the provider keeps. NM001, NM002, NM003, NM015, NM209.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.save_example_set(text, text, jsonb), nemo.replay_cases(text, integer) to authenticated, service_role;
