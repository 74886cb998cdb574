-- Nothing is seeded: a project starts empty, and the first person to sign up gets an organization. The demo
-- of the local stack is made by that stack, through the same functions people call.
select 1;
