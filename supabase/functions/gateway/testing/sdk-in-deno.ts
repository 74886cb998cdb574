/** Keeps every promise of the SDK in whichever runtime executes this file; prints those that are broken. */
import { argv, exit } from "node:process";
import { type SdkFacts, sdkPromises } from "./sdk-promises.ts";

const facts = JSON.parse(argv[2] ?? "") as SdkFacts;
const broken = await Promise.all(
  Object.entries(sdkPromises(facts)).map(([name, keep]) =>
    keep().then(
      () => [],
      (error: Error) => [`${name}: ${error.message}`],
    ),
  ),
);
console.log(JSON.stringify({ kept: broken.filter((one) => one.length === 0).length, broken: broken.flat() }));
exit(0);
