import { createHmac, timingSafeEqual } from 'node:crypto';

import { isEvent } from './event.js';
import { Refused } from './refused.js';

/** Throws where the signature over the raw body is not Begini's. */
function verify(body, signature) {
  const expected = createHmac('sha512', process.env.BEGINI_API_KEY)
    .update(body)
    .digest('hex');
  const [given, right] = [Buffer.from(signature), Buffer.from(expected)];
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new Error('not signed by Begini');
  }
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refused(400, 'Not JSON');
  }
}

/** The event in a body, once it is sure that Begini sent it, and to us. */
export function trusted(body, signature) {
  try {
    verify(body, signature);
  } catch {
    throw new Refused(403, 'Validation Failure');
  }
  const parsed = parse(body);
  if (!isEvent(parsed)) throw new Refused(422, 'Not an event');
  if (parsed.integration_id !== process.env.BEGINI_INTEGRATION_ID) {
    throw new Refused(403, "Another integration's event");
  }
  return parsed;
}
