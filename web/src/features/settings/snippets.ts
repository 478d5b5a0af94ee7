// Calls to copy. The wire format is that of Segment's HTTP API; the key stands where a user name would.
export const snippetKinds = ['curl', 'browser', 'node', 'python'] as const;
export type SnippetKind = (typeof snippetKinds)[number];

export function snippet(kind: SnippetKind, origin: string, key: string): string {
  switch (kind) {
    case 'curl':
      return `curl ${origin}/v1/track \\
  -u '${key}:' \\
  -H 'Content-Type: application/json' \\
  -d '{"userId": "tanaka", "event": "Report Exported", "context": {"groupId": "A-001"}}'`;
    case 'browser':
      return `const banso = (event, properties = {}) =>
  fetch('${origin}/v1/track', {
    method: 'POST',
    keepalive: true,
    headers: { 'Content-Type': 'application/json', Authorization: 'Basic ' + btoa('${key}:') },
    body: JSON.stringify({ userId: 'tanaka', event, properties, context: { groupId: 'A-001' } }),
  });

banso('Report Exported', { format: 'pdf' });`;
    case 'node':
      return `const authorization = 'Basic ' + Buffer.from('${key}:').toString('base64');

await fetch('${origin}/v1/batch', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', authorization },
  body: JSON.stringify({
    batch: [
      { type: 'group', userId: 'tanaka', groupId: 'A-001' },
      { type: 'track', userId: 'tanaka', event: 'Report Exported', context: { groupId: 'A-001' } },
    ],
  }),
});`;
    case 'python':
      return `import base64, json, urllib.request

call = {"userId": "tanaka", "event": "Report Exported", "context": {"groupId": "A-001"}}
request = urllib.request.Request(
    "${origin}/v1/track",
    data=json.dumps(call).encode(),
    headers={
        "Content-Type": "application/json",
        "Authorization": "Basic " + base64.b64encode(b"${key}:").decode(),
    },
)
urllib.request.urlopen(request)`;
  }
}
