import { randomBytes } from 'node:crypto';

const MEANINGS = {
  401: 'the key is missing or wrong',
  403: 'the key is not for this integration id or environment',
  422: 'the uid or the integration id is not accepted',
};

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
    const why = MEANINGS[response.status] ?? 'Begini is not available, try again';
    throw new Error(`no assessment: ${why} (${response.status})`);
  }
  const { access_token: token, url } = await response.json();
  return { uid, token, url };
}
