// A batch of Segment calls as the columns of one insert, or what is wrong with it.
const kinds = new Map([['track', 0], ['page', 1], ['screen', 2], ['identify', 3], ['group', 4], ['alias', 5]]);
const longestId = 255;
const day_ms = 86_400_000;
const oldest_ms = 400 * day_ms;

const isId = (value) => typeof value === 'string' && value.length <= longestId;
const optionalId = (value) => value === undefined || value === null || isId(value);

function complaint(call) {
  if (!kinds.has(call.type)) return 'type';
  if (!optionalId(call.userId)) return 'userId';
  if (!optionalId(call.anonymousId)) return 'anonymousId';
  if (!call.userId && !call.anonymousId) return 'userId';
  if (!optionalId(call.messageId)) return 'messageId';
  if (call.type === 'track' && !(isId(call.event) && call.event)) return 'event';
  if (call.type === 'group' && !(isId(call.groupId) && call.groupId)) return 'groupId';
  if (call.type === 'alias' && !(isId(call.previousId) && call.previousId)) return 'previousId';
  return null;
}

// The sender's clock is off by received - sent.
function occurredAt(call, sentAt, receivedAt) {
  if (call.timestamp === undefined) return receivedAt;
  const timestamp = Date.parse(call.timestamp);
  if (Number.isNaN(timestamp)) return null;
  const happened = sentAt === null ? timestamp : receivedAt - (sentAt - timestamp);
  if (happened < receivedAt - oldest_ms || happened > receivedAt + day_ms) return null;
  return Math.min(happened, receivedAt);
}

export function columnsOf(body, receivedAt) {
  const sentAt = body.sentAt === undefined ? null : Date.parse(body.sentAt);
  const messageIds = [], times = [], groups = [], users = [], visitors = [], kindNumbers = [], names = [], properties = [];
  const rejected = [];
  for (let index = 0; index < body.batch.length; index += 1) {
    const call = body.batch[index];
    const field = complaint(call);
    const time = field === null ? occurredAt(call, sentAt, receivedAt) : null;
    if (time === null) {
      rejected.push({ field: `batch[${index}].${field ?? 'timestamp'}` });
      continue;
    }
    messageIds.push(call.messageId ?? crypto.randomUUID());
    times.push(time);
    groups.push(call.groupId ?? call.context?.groupId ?? '');
    users.push(call.userId ?? '');
    visitors.push(call.anonymousId ?? '');
    kindNumbers.push(kinds.get(call.type));
    names.push(call.event ?? call.name ?? '');
    properties.push(JSON.stringify(call.properties ?? call.traits ?? {}));
  }
  return { columns: [messageIds, times, groups, users, visitors, kindNumbers, names, properties], rejected };
}
