-- Which provider writes a job's rewrites, and what they cost there. A job for an organization with a provider of its
-- own is worked with that provider's key, which no role of the API can read: the worker gets it from here, by the
-- role the gateway uses, for a job it holds and for nothing else.

create function nemo_private.gateway_job_provider(job_id uuid, lease uuid, connection_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select nemo_private.sealed_connection(c)
  from nemo.recommendation_jobs j
  -- Only the job's own organization, and only while it is worked on for somebody who asked for a model.
  join nemo.provider_connections c on c.organization_id = j.organization_id and c.id = gateway_job_provider.connection_id and c.enabled
  where j.id = gateway_job_provider.job_id and j.lease = gateway_job_provider.lease
    and j.state = 'running' and j.leased_until > clock_timestamp() and not j.cancel_requested
    and j.kinds && array['clarity', 'tokens']
$$;
comment on function nemo_private.gateway_job_provider(uuid, uuid, uuid) is
  'A connection of the organization of a running job with its sealed key, for the worker that holds the job''s lease; null when the lease is over, the job asks for no model or is being cancelled, or the connection is disabled or somebody else''s.';

create function nemo.model_price(model text, organization_id uuid default null)
returns nemo.model_prices
language sql
stable
security definer
set search_path = ''
as $$
  select (nemo_private.price_of(model_price.organization_id, model_price.model)).*
$$;
comment on function nemo.model_price(text, uuid) is
  'A model''s price today: the organization''s own first, for its own provider, or the platform''s alone (service role). Null fields when it is not known.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo_private.gateway_job_provider(uuid, uuid, uuid) to nemo_gateway;
grant execute on function nemo.model_price(text, uuid) to service_role;
