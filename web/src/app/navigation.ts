import {
  IconActivityHeartbeat,
  IconAddressBook,
  IconCategory,
  IconDatabaseImport,
  IconFlask2,
  IconHome,
  IconRefresh,
  IconReportMoney,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Role } from '../lib/viewer';

const everybody: readonly Role[] = ['admin', 'leader', 'csm', 'read_only'];
const leaders: readonly Role[] = ['admin', 'leader'];

/**
 * The rail, the bottom bar on a phone (what has no room there is behind its last button), and the pages that the command
 * palette finds. `label` is a key of "app".
 */
export const navigation = [
  {
    to: '/',
    label: 'nav.home',
    icon: IconHome,
    keywords: 'home ほーむ hoomu ホーム start',
    roles: everybody,
    onPhone: true,
  },
  {
    to: '/book',
    label: 'nav.book',
    icon: IconAddressBook,
    keywords: 'book accounts customers 担当顧客一覧 たんとうこきゃく tantou kokyaku 顧客',
    roles: everybody,
    onPhone: true,
  },
  {
    to: '/segments',
    label: 'nav.segments',
    icon: IconUsersGroup,
    keywords: 'segments groups condition セグメント せぐめんと segumento 条件 じょうけん',
    roles: everybody,
    onPhone: true,
  },
  {
    to: '/renewals',
    label: 'nav.renewals',
    icon: IconRefresh,
    keywords:
      'renewals forecast pipeline expansion churn reasons board 更新 こうしん koushin 見込み みこみ mikomi 契約更新 拡大 解約理由',
    roles: everybody,
    onPhone: true,
  },
  {
    to: '/revenue',
    label: 'nav.revenue',
    icon: IconReportMoney,
    keywords:
      'revenue arr mrr nrr grr churn retention waterfall goals rates 収益 しゅうえき shuueki 売上 うりあげ uriage 継続率 けいぞくりつ 解約率 かいやくりつ 目標',
    roles: leaders,
    onPhone: false,
  },
  {
    to: '/import',
    label: 'nav.import',
    icon: IconDatabaseImport,
    keywords: 'import csv excel 取り込み とりこみ torikomi インポート',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/intake',
    label: 'nav.intake',
    icon: IconActivityHeartbeat,
    keywords:
      'intake live events sources quarantine write key segment 受信 じゅしん jushin 送信元 そうしんもと ソース 書き込みキー 隔離',
    roles: leaders,
    onPhone: false,
  },
  {
    to: '/catalogue',
    label: 'nav.catalogue',
    icon: IconCategory,
    keywords: 'catalogue features events properties 機能 きのう kinou カタログ イベント プロパティ',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/lab',
    label: 'nav.lab',
    icon: IconFlask2,
    keywords:
      'lab health lab score weights prediction churn auc simulation ヘルスラボ へるすらぼ herusurabo 重み 予測 よそく yosoku 解約予測 検証',
    roles: leaders,
    onPhone: false,
  },
  {
    to: '/settings',
    label: 'nav.settings',
    icon: IconSettings,
    keywords: 'settings 設定 せってい settei',
    roles: everybody,
    onPhone: false,
  },
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
    to: '/settings/renewals',
    label: 'settings.renewals',
    keywords:
      'renewals churn reasons business days holidays calendar 更新 こうしん koushin 解約理由 かいやくりゆう kaiyakuriyuu 営業日 えいぎょうび eigyoubi 祝日 休業日',
    adminOnly: false,
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

/** Rooms of their own that people look for in the settings too. */
export const besideSettings = [
  { to: '/catalogue', label: 'settings.features', roles: everybody },
  { to: '/segments', label: 'settings.segments', roles: everybody },
  { to: '/intake', label: 'settings.sources', roles: leaders },
  { to: '/lab', label: 'settings.lab', roles: leaders },
] as const;
