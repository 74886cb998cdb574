-- The difference between the texts of two versions.
--
-- Myers, "An O(ND) Difference Algorithm and Its Variations", 1986: the greedy algorithm over edit distance d,
-- keeping the furthest point reached on each diagonal. Lines the two texts share at both ends are taken off
-- first, which is what makes usual edits cheap. Past 400 differing lines the middle is reported as removed
-- and added whole: still a correct diff, and saving stays quick.
create function nemo_private.diff_lines(old_lines text[], new_lines text[])
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  old_count integer := coalesce(cardinality(old_lines), 0);
  new_count integer := coalesce(cardinality(new_lines), 0);
  head integer := 0;
  tail integer := 0;
  n integer;               -- lines between head and tail in the old text
  m integer;               -- and in the new one
  max_distance constant integer := 400;
  furthest integer[];      -- furthest x on each diagonal k = x - y
  trace integer[];         -- furthest as it was at each distance d: diagonals -d..d begin at d * d + 1
  distance integer;        -- set when the end has been reached
  x integer;
  y integer;
  k integer;
  previous_k integer;
  previous_x integer;
  edits text[] := '{}'::text[];    -- of the middle, backwards
  result text[] := '{}'::text[];
begin
  while head < old_count and head < new_count and old_lines[head + 1] = new_lines[head + 1] loop
    head := head + 1;
  end loop;
  while tail < old_count - head and tail < new_count - head
    and old_lines[old_count - tail] = new_lines[new_count - tail] loop
    tail := tail + 1;
  end loop;
  n := old_count - head - tail;
  m := new_count - head - tail;

  furthest := array_fill(0, array[2 * max_distance + 3], array[-max_distance - 1]);
  <<search>>
  for d in 0 .. least(n + m, max_distance) loop
    k := -d;
    while k <= d loop
      if k = -d or (k <> d and furthest[k - 1] < furthest[k + 1]) then
        x := furthest[k + 1];
      else
        x := furthest[k - 1] + 1;
      end if;
      y := x - k;
      while x < n and y < m and old_lines[head + x + 1] = new_lines[head + y + 1] loop
        x := x + 1;
        y := y + 1;
      end loop;
      furthest[k] := x;
      trace[d * d + k + d + 1] := x;
      if x >= n and y >= m then
        distance := d;
        exit search;
      end if;
      k := k + 2;
    end loop;
  end loop search;

  for i in 1 .. head loop
    result[i] := ' ' || old_lines[i];
  end loop;

  if distance is null then
    for i in 1 .. n loop
      result[cardinality(result) + 1] := '-' || old_lines[head + i];
    end loop;
    for i in 1 .. m loop
      result[cardinality(result) + 1] := '+' || new_lines[head + i];
    end loop;
  else
    -- Back from the end to the start along the points that were furthest.
    x := n;
    y := m;
    for d in reverse distance .. 1 loop
      k := x - y;
      if k = -d or (k <> d and trace[(d - 1) * (d - 1) + k + d - 1] < trace[(d - 1) * (d - 1) + k + d + 1]) then
        previous_k := k + 1;
      else
        previous_k := k - 1;
      end if;
      previous_x := trace[(d - 1) * (d - 1) + previous_k + d];
      while x > previous_x and y > previous_x - previous_k loop
        edits[cardinality(edits) + 1] := ' ' || old_lines[head + x];
        x := x - 1;
        y := y - 1;
      end loop;
      if previous_k = k + 1 then
        edits[cardinality(edits) + 1] := '+' || new_lines[head + y];
        y := y - 1;
      else
        edits[cardinality(edits) + 1] := '-' || old_lines[head + x];
        x := x - 1;
      end if;
    end loop;
    while x > 0 loop
      edits[cardinality(edits) + 1] := ' ' || old_lines[head + x];
      x := x - 1;
    end loop;
    for i in reverse cardinality(edits) .. 1 loop
      result[cardinality(result) + 1] := edits[i];
    end loop;
  end if;

  for i in 1 .. tail loop
    result[cardinality(result) + 1] := ' ' || old_lines[old_count - tail + i];
  end loop;
  return result;
end
$$;
comment on function nemo_private.diff_lines(text[], text[]) is
  'All lines of both texts in order, each behind " " (in both), "-" (old only) or "+" (new only).';

create function nemo_private.structured_patch(old_name text, new_name text, old_text text, new_text text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  with
    lines as (
      select
        l.place, l.line, left(l.line, 1) as sign,
        -- Where the line stands, or would stand, in the old and in the new text.
        1 + count(*) filter (where left(l.line, 1) <> '+') over earlier as old_place,
        1 + count(*) filter (where left(l.line, 1) <> '-') over earlier as new_place
      from unnest(nemo_private.diff_lines(
        -- Both texts end in a line feed, which is the end of the last line and not the start of another.
        string_to_array(left(structured_patch.old_text, -1), chr(10)),
        string_to_array(left(structured_patch.new_text, -1), chr(10)))) with ordinality l (line, place)
      window earlier as (order by l.place rows between unbounded preceding and 1 preceding)
    ),
    -- Four lines of context on each side; changes whose contexts touch share a hunk.
    changes as (
      select place, case when place - lag(place) over (order by place) <= 8 then 0 else 1 end as opens
      from lines where sign <> ' '
    ),
    hunks as (
      select hunk, min(place) - 4 as first_place, max(place) + 4 as last_place
      from (select place, sum(opens) over (order by place) as hunk from changes) numbered
      group by hunk
    )
  select jsonb_build_object(
    'oldFileName', structured_patch.old_name, 'newFileName', structured_patch.new_name,
    'oldHeader', '', 'newHeader', '',
    'hunks', coalesce((
      select jsonb_agg(h.hunk order by h.hunk_number)
      from (
        select b.hunk as hunk_number, jsonb_build_object(
          'oldStart', min(l.old_place), 'oldLines', count(*) filter (where l.sign <> '+'),
          'newStart', min(l.new_place), 'newLines', count(*) filter (where l.sign <> '-'),
          'lines', jsonb_agg(l.line order by l.place)) as hunk
        from hunks b join lines l on l.place between b.first_place and b.last_place
        group by b.hunk
      ) h), '[]'))
$$;
comment on function nemo_private.structured_patch(text, text, text, text) is
  'The difference of two texts as a structured unified patch: what applyPatch of the npm package "diff" takes. Both texts end in a line feed.';

revoke execute on all functions in schema nemo_private from public;
