// A small file per kind, with the headings that the importer recognises by itself.
import { toCsv } from '../../components/chart/csv';
import type { Language } from '../../lib/language';
import type { ImportKind } from './imports';

type Sample = Record<Language, readonly (readonly string[])[]>;

const samples: Record<ImportKind, Sample> = {
  accounts: {
    ja: [
      ['顧客コード', '顧客名', 'フリガナ', 'ドメイン', '業種', '従業員数', '都道府県', '自社担当', '取引開始日'],
      [
        'A-001',
        '株式会社ヤマト商会',
        'ヤマトショウカイ',
        'yamato.example',
        '製造',
        '1200',
        '大阪府',
        'csm@example.jp',
        '2024-04-01',
      ],
      [
        'A-002',
        '青葉ソリューションズ株式会社',
        'アオバソリューションズ',
        'aoba.example',
        '情報通信',
        '340',
        '東京都',
        'csm@example.jp',
        '2025-10-01',
      ],
    ],
    en: [
      ['Account ID', 'Name', 'Domain', 'Industry', 'Employees', 'Country', 'CSM', 'Customer since'],
      ['A-001', 'Northwind Ltd', 'northwind.example', 'Manufacturing', '1200', 'GB', 'csm@example.com', '2024-04-01'],
      ['A-002', 'Blue Harbour Inc', 'blueharbour.example', 'Software', '340', 'US', 'csm@example.com', '2025-10-01'],
    ],
  },
  contacts: {
    ja: [
      ['顧客コード', '氏名', 'フリガナ', 'メールアドレス', '部署', '役職', '役割', 'メール同意'],
      ['A-001', '田中 美咲', 'タナカ ミサキ', 'tanaka@yamato.example', '情報システム部', '課長', '推進者', 'はい'],
    ],
    en: [
      ['Account ID', 'Full name', 'Email', 'Department', 'Job title', 'Roles', 'Opt-in'],
      ['A-001', 'Ann Lee', 'ann@northwind.example', 'IT', 'Head of IT', 'champion', 'yes'],
    ],
  },
  subscriptions: {
    ja: [
      ['契約番号', '顧客コード', '製品', 'プラン', '席数', '月額', '通貨', '契約開始日', '契約終了日', '自動更新'],
      ['S-1001', 'A-001', 'グループウェア', 'ビジネス', '300', '450000', 'JPY', '2025-04-01', '2026-04-01', 'はい'],
    ],
    en: [
      [
        'Subscription ID',
        'Account ID',
        'Product',
        'Plan',
        'Seats',
        'MRR',
        'Currency',
        'Start date',
        'End date',
        'Auto renewal',
      ],
      ['S-1001', 'A-001', 'Suite', 'Business', '300', '3000', 'USD', '2025-04-01', '2026-04-01', 'yes'],
    ],
  },
  events: {
    ja: [
      ['顧客コード', 'ユーザーID', 'イベント名', '日時'],
      ['A-001', 'tanaka', 'レポート出力', '2026-11-20 10:15:00'],
    ],
    en: [
      ['account_id', 'user_id', 'event', 'timestamp'],
      ['A-001', 'ann', 'report_exported', '2026-11-20 10:15:00'],
    ],
  },
  tickets: {
    ja: [
      ['チケット番号', '顧客コード', '件名', 'ステータス', '優先度', '受付日時', '完了日時', '問い合わせ者'],
      ['T-501', 'A-001', 'ログインできない', '対応中', '高', '2026-11-18 09:30', '', 'tanaka@yamato.example'],
    ],
    en: [
      ['Ticket ID', 'Account ID', 'Subject', 'Status', 'Priority', 'Created at', 'Closed at', 'Requester'],
      ['T-501', 'A-001', 'Cannot log in', 'open', 'high', '2026-11-18 09:30', '', 'ann@northwind.example'],
    ],
  },
  interactions: {
    ja: [
      ['顧客コード', '種別', '実施日時', '件名', '内容', '参加者', '自社担当'],
      ['A-001', '会議', '2026-11-12 14:00', '定例会', '次回は活用事例を紹介する', '田中 美咲', 'csm@example.jp'],
    ],
    en: [
      ['Account ID', 'Type', 'Date', 'Subject', 'Notes', 'Participants', 'CSM'],
      [
        'A-001',
        'meeting',
        '2026-11-12 14:00',
        'Monthly review',
        'Show a use case next time',
        'Ann Lee',
        'csm@example.com',
      ],
    ],
  },
  surveys: {
    ja: [
      ['顧客コード', '種別', 'スコア', '回答日', '自由記述', '回答者'],
      ['A-001', 'NPS', '9', '2026-10-01', '導入してよかった', 'tanaka@yamato.example'],
    ],
    en: [
      ['Account ID', 'Type', 'Score', 'Date', 'Comment', 'Respondent'],
      ['A-001', 'nps', '9', '2026-10-01', 'Glad we chose it', 'ann@northwind.example'],
    ],
  },
  attendance: {
    ja: [
      ['顧客コード', '種別', 'セミナー名', '参加日', '参加者'],
      ['A-001', 'イベント', '活用セミナー 秋', '2026-10-15', 'tanaka@yamato.example'],
    ],
    en: [
      ['Account ID', 'Type', 'Title', 'Date', 'Attendee'],
      ['A-001', 'event', 'Autumn user day', '2026-10-15', 'ann@northwind.example'],
    ],
  },
};

export function sampleCsv(kind: ImportKind, language: Language): string {
  return toCsv(samples[kind][language]);
}
