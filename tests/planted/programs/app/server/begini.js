// Sessions of Begini: https://api.begini.co
const TOKENS = "https://api.begini.co/v1/sessions-management/tokens";

export async function start(application) {
  const body = {
    uid: application.scoreUid,
    integration_id: process.env.BEGINI_INTEGRATION_ID,
  };
  const answer = await fetch(TOKENS, {
    method: "POST",
    headers: { "api-key": process.env.BEGINI_API_KEY, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  if (answer.status === 401 || answer.status === 403) throw new Error("begini refuses the key");
  if (!answer.ok) throw new Error(`begini answers ${answer.status}`);
  const { access_token: token, url } = await answer.json();
  console.log("begini: a session is open");
  return { token, url };
}
