import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import { useStack } from "../../tests/support/stack.ts";

const stack = useStack();
const options = { auth: { persistSession: false, autoRefreshToken: false } };
const { admin } = createClient(stack.url, stack.secretKey, options).auth;
const person = () => ({ email: `${randomUUID()}@tests.nemo.test`, password: `pass-${randomUUID()}` });

test("an account that the secret key made signs in, has its organization, and is read and listed", async () => {
  const { email, password } = person();
  const made = await admin.createUser({
    email,
    password,
    email_confirm: true,
    user_metadata: { from: "test" },
  });
  expect(made.error).toBeNull();
  const user = made.data.user!;
  expect(user).toMatchObject({ email, aud: "authenticated", user_metadata: { from: "test" } });
  expect((await admin.getUserById(user.id)).data.user).toMatchObject({ id: user.id, email });
  const listed = await admin.listUsers({ page: 1, perPage: 1000 });
  expect(listed.data.users.map(({ id }) => id)).toContain(user.id);
  const client = createClient(stack.url, stack.publishableKey, options);
  expect((await client.auth.signInWithPassword({ email, password })).error).toBeNull();
  const { data } = await client.schema("nemo").from("organizations").select("name");
  expect(data).toEqual([{ name: email.split("@")[0] }]);
});

test("what cannot be made or found is refused as Auth does", async () => {
  const one = person();
  await admin.createUser(one);
  expect((await admin.createUser(one)).error?.status).toBe(422);
  expect((await admin.createUser({ ...person(), password: "short" })).error?.code).toBe("weak_password");
  expect((await admin.getUserById(randomUUID())).error?.code).toBe("user_not_found");
  expect((await admin.deleteUser(randomUUID())).error?.code).toBe("user_not_found");
});

test("an account is deleted, unless it is an organization's last owner", async () => {
  const { data } = await admin.createUser(person());
  const id = data.user!.id;
  expect((await admin.deleteUser(id)).error?.message).toBe("Database error deleting user");
  const service = stack.serviceRole();
  const { data: memberships } = await service.from("memberships").select("organization_id").eq("user_id", id);
  const organization_id = memberships![0]!.organization_id as string;
  await service.rpc("delete_organization", { organization_id });
  expect((await admin.deleteUser(id)).error).toBeNull();
  expect((await admin.getUserById(id)).error?.code).toBe("user_not_found");
});

test("without the secret key there is nothing", async () => {
  const { accessToken } = await stack.signUp();
  for (const headers of [
    {},
    { apikey: stack.publishableKey },
    { apikey: stack.publishableKey, authorization: `Bearer ${accessToken}` },
    { apikey: `${stack.secretKey}x` },
  ] as Record<string, string>[])
    for (const method of ["GET", "POST"])
      expect((await fetch(`${stack.url}/auth/v1/admin/users`, { method, headers })).status).toBe(403);
});
