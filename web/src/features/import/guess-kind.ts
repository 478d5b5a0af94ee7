// A first guess at what a file holds, from its name and its headings, before the server has seen it.
import type { ImportKind } from './imports';

/** Words in names of files and headings that speak for a kind; the weight says how much. */
const signs: Record<ImportKind, { name: RegExp; headings: [RegExp, number][] }> = {
  accounts: {
    name: /account|customer|client|compan|顧客|取引先|会社|企業|得意先/i,
    headings: [
      [/^(account|customer|company|client)[ _]?name$|^(顧客|取引先|会社|企業|得意先)名?$|^name$/i, 2],
      // Every kind refers to its account by such a column, so it says little.
      [/^(account|customer|company|client)[ _]?(id|code)$|^(顧客|取引先|会社|企業|得意先)(id|コード|番号)$/i, 1],
      [/industry|業種|業界|従業員|employees|region|都道府県|country|churn|解約/i, 1],
    ],
  },
  contacts: {
    name: /contact|people|person|担当者|連絡先|名簿/i,
    headings: [
      [/e?-?mail|メール|アドレス/i, 2],
      [/^(full ?name|氏名|お名前|担当者名?)$|役職|部署|部門|department|job ?title|フリガナ/i, 2],
    ],
  },
  subscriptions: {
    name: /subscription|contract|契約|サブスク|ライセンス/i,
    headings: [
      [/mrr|arr|月額|年額|契約金額|seats|席数|ライセンス数|bill(ing)?_?period|更新日/i, 2],
      [/start_?(date|day)?|end_?(date|day)?|契約開始|契約終了|満了/i, 1],
      [/product|製品|プラン|plan/i, 1],
    ],
  },
  events: {
    name: /event|usage|activity_?log|track|利用ログ|操作ログ|ログ/i,
    headings: [
      [/event(_?(name|type|time|type_id))?$|操作|イベント/i, 2],
      [/timestamp|occurred|日時/i, 1],
      [/user_?id|ユーザー?id/i, 1],
    ],
  },
  tickets: {
    name: /ticket|case|support|issue|問い?合わ?せ|チケット|サポート/i,
    headings: [
      [/ticket|case ?(id|number)|チケット|問い?合わ?せ|受付/i, 2],
      [/priority|優先度|resolved|closed|完了日|status/i, 1],
    ],
  },
  interactions: {
    name: /interaction|meeting|activit(y|ies)|call|商談|活動|面談|訪問|議事録/i,
    headings: [
      [/participants|attendees|参加者|議事録|面談|訪問|活動(日|種別|内容)/i, 2],
      [/subject|件名|内容|notes?/i, 1],
    ],
  },
  surveys: {
    name: /survey|nps|csat|feedback|アンケート|調査|満足度/i,
    headings: [[/^(nps|csat|ces|score|rating)$|スコア|評価|満足度|推奨度|回答/i, 2]],
  },
  attendance: {
    name: /attend|webinar|seminar|training|参加|セミナー|研修|受講/i,
    headings: [[/webinar|seminar|course|attendee|セミナー|研修|講座|受講/i, 3]],
  },
};

const nameWeight = 3;

export function guessKind(fileName: string, headings: readonly string[]): ImportKind {
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(fileName)) return 'events';
  let best: { kind: ImportKind; points: number } = { kind: 'accounts', points: 0 };
  for (const [kind, sign] of Object.entries(signs) as [ImportKind, (typeof signs)[ImportKind]][]) {
    const fromHeadings = sign.headings.reduce(
      (sum, [pattern, weight]) => sum + (headings.some((heading) => pattern.test(heading.trim())) ? weight : 0),
      0,
    );
    const points = fromHeadings + (sign.name.test(fileName) ? nameWeight : 0);
    // What looks like something more special than a list of accounts most likely is.
    const isBetter = points > best.points || (points > 0 && points === best.points && best.kind === 'accounts');
    if (isBetter) best = { kind, points };
  }
  return best.kind;
}

const looked_bytes = 16 * 1024;

/** The first line of a text file, in UTF-8 or what Japanese Excel writes. Nothing of packed files and workbooks. */
export async function headingsOf(file: File): Promise<string[]> {
  if (/\.(gz|xlsx)$/i.test(file.name)) return [];
  const bytes = await file.slice(0, looked_bytes).arrayBuffer();
  const line = firstLine(bytes);
  return line.split(/[,\t;|]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
}

function firstLine(bytes: ArrayBuffer): string {
  const lineOf = (text: string) => text.split(/\r?\n/, 1)[0] ?? '';
  try {
    // The end may be cut within a character: what stands in the first line is whole.
    return lineOf(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }));
  } catch {
    return lineOf(new TextDecoder('shift_jis').decode(bytes));
  }
}
