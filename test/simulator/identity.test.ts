import { expect, it } from 'vitest';
import { startSimulator } from '../../src/simulator.ts';

it('says who calls, over the protocol of STS', async () => {
  const simulator = await startSimulator();
  const response = await fetch(simulator.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: 'AWS4-HMAC-SHA256 Credential=x/20261121/us-east-1/sts/aws4_request, Signature=x',
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(
    new RegExp(
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/simulated</Arn>' +
        '.*<Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata>',
    ),
  );
  await simulator.close();
});
