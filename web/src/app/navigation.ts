import {
  IconActivityHeartbeat,
  IconAddressBook,
  IconBellRinging,
  IconCategory,
  IconDatabaseImport,
  IconFlask2,
  IconHome,
  IconMessage2,
  IconListDetails,
  IconListCheck,
  IconMail,
  IconRefresh,
  IconReportMoney,
  IconRoute,
  IconScale,
  IconSettings,
  IconTargetArrow,
  IconTrophy,
  IconUserShare,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Role } from '../lib/viewer';

const everybody: readonly Role[] = ['admin', 'leader', 'csm', 'read_only'];
const leaders: readonly Role[] = ['admin', 'leader'];

/**
 * The headings of the rail in their order: what one does every day, what one sets up so that it happens by itself, what
 * came of it, where the data comes from, and the rest.
 */
export const navigationGroups = ['work', 'design', 'report', 'data', 'settings'] as const;

export type NavigationGroup = (typeof navigationGroups)[number];

interface NavigationEntry {
  to: string;
  group: NavigationGroup;
  label: string;
  icon: typeof IconHome;
  /** What people may type to find the page, in both languages: words, kana, and kana in latin letters. */
  keywords: string;
  roles: readonly Role[];
  onPhone: boolean;
}

/**
 * The rail, the bottom bar on a phone (what has no room there is behind its last button), and the pages that the command
 * palette finds. `label` is a key of "app"; `group` is the heading it stands under, in the order of this list. At most
 * four pages are `onPhone`: those that are opened every day.
 */
export const navigation = [
  {
    to: '/',
    group: 'work',
    label: 'nav.home',
    icon: IconHome,
    keywords: 'home ほーむ hoomu ホーム start',
    roles: everybody,
    onPhone: true,
  },
  {
    to: '/cockpit',
    group: 'work',
    label: 'nav.cockpit',
    icon: IconListCheck,
    keywords:
      'cockpit calls to action tasks today board calendar コックピット こっくぴっと kokkupitto アクション あくしょん akushon タスク たすく 対応 たいおう 優先順位 期限',
    roles: everybody,
    onPhone: true,
  },
  {
    to: '/book',
    group: 'work',
    label: 'nav.book',
    icon: IconAddressBook,
    keywords: 'book accounts customers 担当顧客一覧 たんとうこきゃく tantou kokyaku 顧客',
    roles: everybody,
    onPhone: true,
  },
  {
    to: '/segments',
    group: 'design',
    label: 'nav.segments',
    icon: IconUsersGroup,
    keywords: 'segments groups condition セグメント せぐめんと segumento 条件 じょうけん',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/journeys',
    group: 'work',
    label: 'nav.journeys',
    icon: IconRoute,
    keywords:
      'journeys stages milestones onboarding map funnel ジャーニー じゃーにー ja-ni- jaanii ステージ すてーじ マイルストーン 現在地',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/plans',
    group: 'work',
    label: 'nav.plans',
    icon: IconTargetArrow,
    keywords:
      'success plans goals actions gantt timeline value confirmation サクセスプラン さくせすぷらん sakusesupuran ゴール 目標 もくひょう 合意 価値',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/renewals',
    group: 'work',
    label: 'nav.renewals',
    icon: IconRefresh,
    keywords:
      'renewals forecast pipeline expansion churn reasons board 更新 こうしん koushin 見込み みこみ mikomi 契約更新 拡大 解約理由',
    roles: everybody,
    onPhone: true,
  },
  {
    to: '/revenue',
    group: 'report',
    label: 'nav.revenue',
    icon: IconReportMoney,
    keywords:
      'revenue arr mrr nrr grr churn retention waterfall goals rates 収益 しゅうえき shuueki 売上 うりあげ uriage 継続率 けいぞくりつ 解約率 かいやくりつ 目標',
    roles: leaders,
    onPhone: false,
  },
  {
    to: '/teams',
    group: 'work',
    label: 'nav.teams',
    icon: IconUserShare,
    keywords:
      'teams workload people capacity absence substitute assignment handover engagement model チーム ちーむ chiimu 担当 たんとう tantou 負荷 余力 不在 代理 割り当て わりあて 引き継ぎ ひきつぎ hikitsugi タッチモデル',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/proof',
    group: 'report',
    label: 'nav.proof',
    icon: IconScale,
    keywords:
      'proof effect holdout adherence experiment playbooks 効果検証 こうかけんしょう koukakenshou 対照群 たいしょうぐん 実施状況 比較',
    roles: leaders,
    onPhone: false,
  },
  {
    to: '/wins',
    group: 'report',
    label: 'nav.wins',
    icon: IconTrophy,
    keywords:
      'wins successes feed thanks scoreboard 成果 せいか seika ありがとう スコアボード すこあぼーど sukoabodo 成功事例',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/import',
    group: 'data',
    label: 'nav.import',
    icon: IconDatabaseImport,
    keywords: 'import csv excel 取り込み とりこみ torikomi インポート',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/intake',
    group: 'data',
    label: 'nav.intake',
    icon: IconActivityHeartbeat,
    keywords:
      'intake live events sources quarantine write key segment 受信 じゅしん jushin 送信元 そうしんもと ソース 書き込みキー 隔離',
    roles: leaders,
    onPhone: false,
  },
  {
    to: '/catalogue',
    group: 'data',
    label: 'nav.catalogue',
    icon: IconCategory,
    keywords: 'catalogue features events properties 機能 きのう kinou カタログ イベント プロパティ',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/signals',
    group: 'design',
    label: 'nav.signals',
    icon: IconBellRinging,
    keywords:
      'signals alerts triggers rules starter held budget シグナル しぐなる shigunaru 予兆 よちょう yochou 通知 ルール 標準ルール',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/playbooks',
    group: 'design',
    label: 'nav.playbooks',
    icon: IconListDetails,
    keywords:
      'playbooks workflows runs templates automation graph プレイブック ぷれいぶっく pureibukku 実行 じっこう 手順 テンプレート 自動化',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/outreach',
    group: 'design',
    label: 'nav.outreach',
    icon: IconMail,
    keywords:
      'mail outreach templates surveys consent unsubscribe メール めーる meeru 配信 はいしん haishin テンプレート アンケート 同意 配信停止',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/in-app',
    group: 'design',
    label: 'nav.inApp',
    icon: IconMessage2,
    keywords:
      'in-app messages checklist banner onboarding embed アプリ内メッセージ あぷりない apurinai お知らせ おしらせ チェックリスト 埋め込み',
    roles: everybody,
    onPhone: false,
  },
  {
    to: '/lab',
    group: 'design',
    label: 'nav.lab',
    icon: IconFlask2,
    keywords:
      'lab health lab score weights prediction churn auc simulation ヘルスラボ へるすらぼ herusurabo 重み 予測 よそく yosoku 解約予測 検証',
    roles: leaders,
    onPhone: false,
  },
  {
    to: '/settings',
    group: 'settings',
    label: 'nav.settings',
    icon: IconSettings,
    keywords: 'settings 設定 せってい settei',
    roles: everybody,
    onPhone: false,
  },
] as const satisfies readonly NavigationEntry[];

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
    to: '/settings/mail',
    label: 'settings.mail',
    keywords: 'mail smtp imap sender メール めーる 送信 そうしん 送信者',
    adminOnly: false,
  },
  {
    to: '/settings/portal',
    label: 'settings.portal',
    keywords: 'customer portal branding sharing audit お客様ポータル おきゃくさま okyakusama ぽーたる potaru 共有 招待',
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
  { to: '/teams', label: 'settings.teams', roles: everybody },
  { to: '/intake', label: 'settings.sources', roles: leaders },
  { to: '/lab', label: 'settings.lab', roles: leaders },
] as const;
