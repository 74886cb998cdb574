-- Tickets: what the database shows an edge function when a schedule wakes it. pg_net keeps a request in a table that
-- every login may read until it is sent, so what is in there must be worth nothing: a ticket starts one named work
-- once, within minutes, and gives no access to anything.

create table nemo_private.work_tickets (
  ticket_hash text primary key check (ticket_hash ~ '^[0-9a-f]{64}$'),
  work text not null check (work in ('recommendations/run')),
  expires_at timestamptz not null
);
comment on table nemo_private.work_tickets is 'Hashes of tickets that were issued and not yet redeemed. Nobody but the owner''s functions reads them.';
comment on column nemo_private.work_tickets.ticket_hash is 'SHA-256 of the ticket, hexadecimal.';
comment on column nemo_private.work_tickets.work is 'The work the ticket starts: a function and its route.';
comment on column nemo_private.work_tickets.expires_at is 'From when on it starts nothing.';
create index work_tickets_expiry_idx on nemo_private.work_tickets (expires_at);
alter table nemo_private.work_tickets enable row level security, force row level security;

create function nemo_private.issue_ticket(work text)
returns text
language plpgsql
set search_path = ''
as $$
declare
  ticket text := nemo_private.random_token('nemo_ticket_');
begin
  delete from nemo_private.work_tickets t where t.expires_at <= now();
  insert into nemo_private.work_tickets (ticket_hash, work, expires_at)
  values (nemo_private.sha256_hex(ticket), issue_ticket.work, now() + interval '5 minutes');
  return ticket;
end
$$;
comment on function nemo_private.issue_ticket(text) is 'A new ticket for this work, for five minutes. Tickets nobody came with are removed.';

create function nemo.redeem_ticket(ticket text, work text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  redeemed timestamptz;
begin
  -- Of two that come with it at once, the second waits for the first and finds nothing.
  delete from nemo_private.work_tickets t
  where t.ticket_hash = nemo_private.sha256_hex(redeem_ticket.ticket) and t.work = redeem_ticket.work
  returning t.expires_at into redeemed;
  return coalesce(redeemed > now(), false);
end
$$;
comment on function nemo.redeem_ticket(text, text) is
  'Whether this ticket may start this work now (service role). It may once: redeeming removes it.';

revoke execute on all functions in schema nemo, nemo_private from public;
grant execute on function nemo.redeem_ticket(text, text) to service_role;
