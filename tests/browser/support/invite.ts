import { randomUUID } from "node:crypto";
import type { Person, TestStack } from "../../support/stack.ts";

/** Somebody new who accepted an invitation to this role in the owner's organization. */
export async function inviteAs(stack: TestStack, owner: Person, role: string): Promise<Person> {
  const person = await stack.signUp(`${role}-${randomUUID().slice(0, 6)}@tests.nemo.test`);
  const { data } = await owner.client
    .rpc("invite_member", { organization_id: owner.organizationId, email: person.email, role })
    .single<{ token: string }>()
    .throwOnError();
  await person.client.rpc("accept_invitation", { token: data.token }).throwOnError();
  return person;
}
