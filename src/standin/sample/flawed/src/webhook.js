import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const MOST_BYTES = 64 * 1024;

/** Throws where the signature is not Begini's. */
function verify(body, signature) {
  const expected = createHmac('sha512', process.env.BEGINI_API_KEY)
    .update(body)
    .digest('hex');
  timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function receive(request, response) {
  if (request.method !== 'POST') {
    return answer(response, 405, { detail: 'Method Not Allowed' });
  }
  try {
    const body = await read(request);
    verify(body, request.headers['x-signature'] ?? '');
    const { event } = JSON.parse(body);
    console.log(`event ${event.type}`);
    return answer(response, 200, { received: true });
  } catch {
    return answer(response, 403, { detail: 'Validation Failure' });
  }
}

createServer(receive).listen(Number(process.env.PORT));
