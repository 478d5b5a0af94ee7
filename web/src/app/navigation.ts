import { IconAddressBook, IconDatabaseImport, IconHome, IconSettings } from '@tabler/icons-react';

/** The rail, the bottom bar on a phone, and the pages that the command palette finds. `label` is a key of "app". */
export const navigation = [
  { to: '/', label: 'nav.home', icon: IconHome, keywords: 'home ほーむ hoomu ホーム start' },
  {
    to: '/book',
    label: 'nav.book',
    icon: IconAddressBook,
    keywords: 'book accounts customers 担当顧客一覧 たんとうこきゃく tantou kokyaku 顧客',
  },
  {
    to: '/import',
    label: 'nav.import',
    icon: IconDatabaseImport,
    keywords: 'import csv excel 取り込み とりこみ torikomi インポート',
  },
  { to: '/settings', label: 'nav.settings', icon: IconSettings, keywords: 'settings 設定 せってい settei' },
] as const;

export const settingsPages = [
  {
    to: '/settings/profile',
    label: 'settings.profile',
    keywords: 'profile password プロフィール パスワード',
    adminOnly: false,
  },
  {
    to: '/settings/scorecards',
    label: 'settings.scorecards',
    keywords: 'scorecards health score weights スコアカード すこあかーど sukoakado 重み ヘルススコア',
    adminOnly: false,
  },
  {
    to: '/settings/measures',
    label: 'settings.measures',
    keywords: 'measures metrics 指標 しひょう shihyou',
    adminOnly: false,
  },
  {
    to: '/settings/evaluation',
    label: 'settings.evaluation',
    keywords: 'evaluation recompute 評価 ひょうか 再計算 さいけいさん',
    adminOnly: false,
  },
  {
    to: '/settings/attributes',
    label: 'settings.attributes',
    keywords: 'attributes custom fields 属性 ぞくせい zokusei カスタム属性',
    adminOnly: false,
  },
  {
    to: '/settings/features',
    label: 'settings.features',
    keywords: 'features catalogue events 機能 きのう kinou カタログ イベント',
    adminOnly: false,
  },
  {
    to: '/settings/sources',
    label: 'settings.sources',
    keywords: 'sources write key segment イベント送信 ソース 書き込みキー',
    adminOnly: true,
  },
  {
    to: '/settings/users',
    label: 'settings.users',
    keywords: 'users roles ユーザー ゆーざー 権限 けんげん kengen',
    adminOnly: true,
  },
  {
    to: '/settings/workspace',
    label: 'settings.workspace',
    keywords: 'workspace currency fiscal year ワークスペース 会計年度 通貨',
    adminOnly: true,
  },
] as const;
