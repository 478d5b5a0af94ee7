// Programs to copy that send one event each. The key and the address of this server are filled in.
export const snippetKinds = ['curl', 'browser', 'node', 'python', 'go', 'java', 'bulk'] as const;
export type SnippetKind = (typeof snippetKinds)[number];

/** The same event in every language. `A-001` stands for the external id of an account. */
const call = '{"userId": "tanaka", "event": "Report Exported", "context": {"groupId": "A-001"}}';

export function snippet(kind: SnippetKind, origin: string, key: string): string {
  return writers[kind](origin, key);
}

const writers: Record<SnippetKind, (origin: string, key: string) => string> = {
  curl: (origin, key) => `curl ${origin}/v1/track \\
  -u '${key}:' \\
  -H 'Content-Type: application/json' \\
  -d '${call}'`,

  browser: (origin, key) => {
    const { protocol, host } = new URL(origin);
    return `// npm install @segment/analytics-next
import { AnalyticsBrowser } from '@segment/analytics-next';

const analytics = AnalyticsBrowser.load({
  writeKey: '${key}',
  cdnSettings: {
    integrations: {
      'Segment.io': { apiKey: '${key}', apiHost: '${host}/v1', protocol: '${protocol.replace(':', '')}' },
    },
  },
});

analytics.identify('tanaka', { email: 'tanaka@customer.example' });
analytics.group('A-001');
analytics.track('Report Exported', { format: 'pdf' });`;
  },

  node: (origin, key) => `// npm install @segment/analytics-node
import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: '${key}', host: '${origin}' });

analytics.track({
  userId: 'tanaka',
  event: 'Report Exported',
  properties: { format: 'pdf' },
  context: { groupId: 'A-001' },
});
await analytics.closeAndFlush();`,

  python: (origin, key) => `import base64, json, urllib.request

call = ${call}
request = urllib.request.Request(
    "${origin}/v1/track",
    data=json.dumps(call).encode(),
    headers={
        "Content-Type": "application/json",
        "Authorization": "Basic " + base64.b64encode(b"${key}:").decode(),
    },
)
urllib.request.urlopen(request)`,

  go: (origin, key) => `package main

import (
	"log"
	"net/http"
	"strings"
)

func main() {
	call := strings.NewReader(\`${call}\`)
	request, err := http.NewRequest("POST", "${origin}/v1/track", call)
	if err != nil {
		log.Fatal(err)
	}
	request.SetBasicAuth("${key}", "")
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	log.Println(response.Status)
}`,

  java: (origin, key) => `import java.net.URI;
import java.net.http.*;
import java.util.Base64;

public class SendEvent {
  public static void main(String[] arguments) throws Exception {
    var call = """
        ${call}""";
    var key = Base64.getEncoder().encodeToString("${key}:".getBytes());
    var request = HttpRequest.newBuilder(URI.create("${origin}/v1/track"))
        .header("Content-Type", "application/json")
        .header("Authorization", "Basic " + key)
        .POST(HttpRequest.BodyPublishers.ofString(call))
        .build();
    var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    System.out.println(response.statusCode());
  }
}`,

  bulk: (origin, key) => `cat > events.ndjson <<END
{"type": "group", "userId": "tanaka", "groupId": "A-001"}
{"type": "track", "userId": "tanaka", "event": "Report Exported", "timestamp": "$(date -u +%FT%TZ)"}
END
gzip -f events.ndjson

uploads=${origin}/v1/uploads
name=events-$(date +%F)
curl $uploads -u '${key}:' -H 'Content-Type: application/json' \\
  -d "{\\"key\\": \\"$name\\", \\"format\\": \\"ndjson\\", \\"compression\\": \\"gzip\\"}"
curl -X PUT "$uploads/$name?offset=0" -u '${key}:' --data-binary @events.ndjson.gz
curl -X POST $uploads/$name/complete -u '${key}:'
curl $uploads/$name -u '${key}:'`,
};
