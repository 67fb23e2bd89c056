/** What each type of event does to a loan. A type that is not here changes nothing. */
const EFFECTS = {
  'psychometric_score.complete': 'score the loan, and give it to a person where trust is low',
  'android_score.complete': 'add the device score',
  'ios_score.complete': 'add the device score',
  'application.complete': 'wait for the score',
  'application.expired': 'offer a new link',
  'application.incomplete': 'offer a new link',
  'application.cancelled': 'close the loan',
};

const isText = (value) => typeof value === 'string' && value !== '';
const isScore = (calculated) =>
  Number.isInteger(calculated?.score) && isText(calculated.risk_band);
const isTrait = (one) =>
  isText(one?.key) && isText(one.value) && isText(one.risk_band);

function isRight(type, details) {
  if (type === 'psychometric_score.complete') {
    const { calculated } = details;
    return (
      isScore(calculated) &&
      isText(calculated.score_confidence) &&
      Array.isArray(calculated.traits) &&
      calculated.traits.every(isTrait)
    );
  }
  if (type.endsWith('_score.complete')) return isScore(details.calculated);
  return !(type in EFFECTS) || 'application_started_at' in details;
}

/** Whether a parsed body holds what Begini documents, each field of its type. */
export function isEvent(body) {
  const { uid, integration_id: id, event } = body ?? {};
  const { type, details, reasons = [] } = event ?? {};
  const isObject =
    details !== null && typeof details === 'object' && !Array.isArray(details);
  return (
    [uid, id, type].every(isText) &&
    isObject &&
    Array.isArray(reasons) &&
    Object.entries(details).every(
      ([name, value]) => !name.endsWith('_at') || Number.isInteger(value),
    ) &&
    isRight(type, details)
  );
}

/** What is to be done; the queue does it after the event is answered. */
export function effectOf(type) {
  return EFFECTS[type] ?? 'nothing';
}
