import { randomBytes } from 'node:crypto';

/**
 * Opens an assessment for one application. The uid says nothing about the applicant and is used
 * once; it comes back with the score.
 */
export async function openAssessment() {
  const uid = `loan${randomBytes(12).toString('hex')}`;
  const response = await fetch(
    `${process.env.BEGINI_BASE_URL}/v1/sessions-management/tokens`,
    {
      method: 'POST',
      headers: {
        'api-key': process.env.BEGINI_API_KEY,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        uid,
        integration_id: process.env.BEGINI_INTEGRATION_ID,
      }),
      signal: AbortSignal.timeout(Number(process.env.SCORING_TIMEOUT_MS)),
    },
  );
  if (!response.ok) {
    throw new Error(`Begini answered ${response.status}`);
  }
  const { access_token: token, url } = await response.json();
  return { uid, token, url };
}
