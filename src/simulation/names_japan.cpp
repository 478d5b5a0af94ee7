#include <iterator>

#include "names.hpp"

namespace banso::simulation {
namespace {

struct Word {
  const char* written;
  const char* reading;
  const char* latin;
};

struct Trade {
  Word word;
  const char* industry;
};

constexpr Word brand_heads[] = {
    {"桜", "サクラ", "sakura"},  {"葵", "アオイ", "aoi"},     {"楓", "カエデ", "kaede"},
    {"椿", "ツバキ", "tsubaki"}, {"霧", "キリ", "kiri"},      {"朝", "アサ", "asa"},
    {"星", "ホシ", "hoshi"},     {"月", "ツキ", "tsuki"},     {"虹", "ニジ", "niji"},
    {"白", "シラ", "shira"},     {"青", "アオ", "ao"},        {"紅", "ベニ", "beni"},
    {"若", "ワカ", "waka"},      {"千", "チ", "chi"},         {"深", "フカ", "fuka"},
    {"豊", "トヨ", "toyo"},      {"永", "ナガ", "naga"},      {"北", "キタ", "kita"},
    {"南", "ミナミ", "minami"},  {"東", "ヒガシ", "higashi"}, {"西", "ニシ", "nishi"},
    {"鶴", "ツル", "tsuru"},     {"鷹", "タカ", "taka"},      {"藤", "フジ", "fuji"},
    {"萩", "ハギ", "hagi"},      {"菊", "キク", "kiku"},      {"松", "マツ", "matsu"},
    {"杉", "スギ", "sugi"},      {"柏", "カシワ", "kashiwa"}, {"梓", "アズサ", "azusa"},
    {"宮", "ミヤ", "miya"},      {"春", "ハル", "haru"},      {"秋", "アキ", "aki"},
    {"冬", "フユ", "fuyu"},      {"花", "ハナ", "hana"},      {"雪", "ユキ", "yuki"},
    {"竹", "タケ", "take"},      {"梅", "ウメ", "ume"},       {"橘", "タチバナ", "tachibana"},
    {"槙", "マキ", "maki"}};

constexpr Word brand_tails[] = {
    {"崎", "サキ", "saki"},     {"浜", "ハマ", "hama"},  {"島", "シマ", "shima"},     {"沢", "ザワ", "zawa"},
    {"谷", "タニ", "tani"},     {"橋", "バシ", "bashi"}, {"瀬", "セ", "se"},          {"岡", "オカ", "oka"},
    {"峰", "ミネ", "mine"},     {"森", "モリ", "mori"},  {"林", "バヤシ", "bayashi"}, {"里", "サト", "sato"},
    {"波", "ナミ", "nami"},     {"坂", "ザカ", "zaka"},  {"倉", "クラ", "kura"},      {"城", "シロ", "shiro"},
    {"塚", "ヅカ", "zuka"},     {"津", "ツ", "tsu"},     {"石", "イシ", "ishi"},      {"岩", "イワ", "iwa"},
    {"野", "ノ", "no"},         {"原", "ハラ", "hara"},  {"山", "ヤマ", "yama"},      {"川", "カワ", "kawa"},
    {"港", "ミナト", "minato"}, {"滝", "タキ", "taki"},  {"池", "イケ", "ike"},       {"村", "ムラ", "mura"},
    {"窪", "クボ", "kubo"},     {"風", "カゼ", "kaze"}};

constexpr Trade trades[] = {{{"製作所", "セイサクショ", "seisakusho"}, "manufacturing"},
                            {{"精機", "セイキ", "seiki"}, "manufacturing"},
                            {{"工業", "コウギョウ", "kogyo"}, "manufacturing"},
                            {{"電機", "デンキ", "denki"}, "manufacturing"},
                            {{"化成", "カセイ", "kasei"}, "manufacturing"},
                            {{"金属", "キンゾク", "kinzoku"}, "manufacturing"},
                            {{"建設", "ケンセツ", "kensetsu"}, "construction"},
                            {{"工務店", "コウムテン", "komuten"}, "construction"},
                            {{"設計", "セッケイ", "sekkei"}, "construction"},
                            {{"物流", "ブツリュウ", "butsuryu"}, "logistics"},
                            {{"運輸", "ウンユ", "unyu"}, "logistics"},
                            {{"倉庫", "ソウコ", "soko"}, "logistics"},
                            {{"食品", "ショクヒン", "shokuhin"}, "food"},
                            {{"製菓", "セイカ", "seika"}, "food"},
                            {{"酒造", "シュゾウ", "shuzo"}, "food"},
                            {{"農園", "ノウエン", "noen"}, "food"},
                            {{"商事", "ショウジ", "shoji"}, "wholesale"},
                            {{"商会", "ショウカイ", "shokai"}, "wholesale"},
                            {{"物産", "ブッサン", "bussan"}, "wholesale"},
                            {{"薬品", "ヤクヒン", "yakuhin"}, "healthcare"},
                            {{"ケアサービス", "ケアサービス", "care"}, "healthcare"},
                            {{"メディカル", "メディカル", "medical"}, "healthcare"},
                            {{"不動産", "フドウサン", "fudosan"}, "real_estate"},
                            {{"地所", "ジショ", "jisho"}, "real_estate"},
                            {{"印刷", "インサツ", "insatsu"}, "media"},
                            {{"出版", "シュッパン", "shuppan"}, "media"},
                            {{"広告", "コウコク", "kokoku"}, "media"},
                            {{"コンサルティング", "コンサルティング", "consulting"}, "professional_services"},
                            {{"人材サービス", "ジンザイサービス", "jinzai"}, "professional_services"},
                            {{"情報システム", "ジョウホウシステム", "joho"}, "software"},
                            {{"ソフトウェア", "ソフトウェア", "soft"}, "software"},
                            {{"テクノロジー", "テクノロジー", "tech"}, "software"},
                            {{"ストアーズ", "ストアーズ", "stores"}, "retail"},
                            {{"書房", "ショボウ", "shobo"}, "retail"},
                            {{"マート", "マート", "mart"}, "retail"},
                            {{"観光", "カンコウ", "kanko"}, "hospitality"},
                            {{"ホテルズ", "ホテルズ", "hotels"}, "hospitality"},
                            {{"教育", "キョウイク", "kyoiku"}, "education"},
                            {{"エネルギー", "エネルギー", "energy"}, "energy"},
                            {{"リース", "リース", "lease"}, "finance"}};

constexpr Word modern_heads[] = {
    {"ミライ", "ミライ", "mirai"},        {"ヒカリ", "ヒカリ", "hikari"},    {"ソラ", "ソラ", "sora"},
    {"カナデ", "カナデ", "kanade"},       {"ツムギ", "ツムギ", "tsumugi"},   {"イロドリ", "イロドリ", "irodori"},
    {"コトノハ", "コトノハ", "kotonoha"}, {"ナギサ", "ナギサ", "nagisa"},    {"アカリ", "アカリ", "akari"},
    {"イブキ", "イブキ", "ibuki"},        {"ヒビキ", "ヒビキ", "hibiki"},    {"ツナグ", "ツナグ", "tsunagu"},
    {"ヨツバ", "ヨツバ", "yotsuba"},      {"ルミナ", "ルミナ", "lumina"},    {"アルト", "アルト", "alto"},
    {"オルカ", "オルカ", "orca"},         {"クレスト", "クレスト", "crest"}, {"ノヴァ", "ノヴァ", "nova"},
    {"フォルテ", "フォルテ", "forte"},    {"プリズム", "プリズム", "prism"}};

constexpr Trade modern_tails[] = {{{"ワークス", "ワークス", "works"}, "software"},
                                  {{"ラボ", "ラボ", "lab"}, "software"},
                                  {{"クラウド", "クラウド", "cloud"}, "software"},
                                  {{"デザイン", "デザイン", "design"}, "media"},
                                  {{"スタジオ", "スタジオ", "studio"}, "media"},
                                  {{"フーズ", "フーズ", "foods"}, "food"},
                                  {{"ロジスティクス", "ロジスティクス", "logistics"}, "logistics"},
                                  {{"パートナーズ", "パートナーズ", "partners"}, "professional_services"},
                                  {{"キャリア", "キャリア", "career"}, "professional_services"},
                                  {{"トラベル", "トラベル", "travel"}, "hospitality"},
                                  {{"ヘルスケア", "ヘルスケア", "health"}, "healthcare"},
                                  {{"ホーム", "ホーム", "home"}, "real_estate"},
                                  {{"アカデミー", "アカデミー", "academy"}, "education"},
                                  {{"キャピタル", "キャピタル", "capital"}, "finance"},
                                  {{"マーケット", "マーケット", "market"}, "retail"}};

constexpr Word modern_endings[] = {{"", "", ""},
                                   {"ジャパン", "ジャパン", "japan"},
                                   {"東京", "トウキョウ", "tokyo"},
                                   {"関西", "カンサイ", "kansai"},
                                   {"九州", "キュウシュウ", "kyushu"},
                                   {"北海道", "ホッカイドウ", "hokkaido"},
                                   {"東北", "トウホク", "tohoku"},
                                   {"中部", "チュウブ", "chubu"},
                                   {"ネット", "ネット", "net"},
                                   {"グローバル", "グローバル", "global"}};

// Used once every plain name has been given away.
constexpr Word districts[] = {{"", "", ""},
                              {"東日本", "ヒガシニホン", "east"},
                              {"西日本", "ニシニホン", "west"},
                              {"中央", "チュウオウ", "chuo"},
                              {"第一", "ダイイチ", "daiichi"},
                              {"新日本", "シンニホン", "shin"},
                              {"瀬戸内", "セトウチ", "setouchi"},
                              {"北陸", "ホクリク", "hokuriku"},
                              {"南九州", "ミナミキュウシュウ", "minamikyushu"},
                              {"大和", "ヤマト", "yamato"}};

constexpr Word daughters[] = {{"販売", "ハンバイ", "sales"},
                              {"サービス", "サービス", "service"},
                              {"エンジニアリング", "エンジニアリング", "eng"},
                              {"九州", "キュウシュウ", "kyushu"},
                              {"ビジネスサポート", "ビジネスサポート", "support"}};

struct Brand {
  std::string written, reading, latin, industry;
  bool is_modern;
};

Brand old_style(std::uint64_t rank) {
  const Trade& trade = trades[rank % std::size(trades)];
  rank /= std::size(trades);
  const Word& tail = brand_tails[rank % std::size(brand_tails)];
  const Word& head = brand_heads[rank / std::size(brand_tails)];
  return {std::string(head.written) + tail.written + trade.word.written,
          std::string(head.reading) + tail.reading + trade.word.reading,
          std::string(head.latin) + tail.latin + "-" + trade.word.latin, trade.industry, false};
}

Brand modern_style(std::uint64_t rank) {
  const Trade& tail = modern_tails[rank % std::size(modern_tails)];
  rank /= std::size(modern_tails);
  const Word& head = modern_heads[rank % std::size(modern_heads)];
  const Word& ending = modern_endings[rank / std::size(modern_heads)];
  const std::string hyphen = *ending.latin == '\0' ? "" : "-";
  return {std::string(head.written) + tail.word.written + ending.written,
          std::string(head.reading) + tail.word.reading + ending.reading,
          std::string(head.latin) + tail.word.latin + hyphen + ending.latin, tail.industry, true};
}

Brand brand_of(std::uint64_t seed, int index) {
  constexpr std::uint64_t old_count = std::size(brand_heads) * std::size(brand_tails) * std::size(trades);
  constexpr std::uint64_t modern_count = std::size(modern_heads) * std::size(modern_tails) * std::size(modern_endings);
  constexpr std::uint64_t count = old_count + modern_count;
  const auto number = static_cast<std::uint64_t>(index);
  const std::uint64_t rank = permuted(number % count, count, seed);
  Brand brand = rank < old_count ? old_style(rank) : modern_style(rank - old_count);
  const std::uint64_t round = number / count;
  const Word& district = districts[round % std::size(districts)];
  brand.written = district.written + brand.written;
  brand.reading = district.reading + brand.reading;
  if (*district.latin != '\0') brand.latin = std::string(district.latin) + "-" + brand.latin;
  if (round >= std::size(districts)) brand.latin += std::to_string(round);
  return brand;
}

std::string with_legal_form(const Brand& brand, std::uint64_t seed, int index) {
  const std::uint64_t dice = scramble(seed ^ scramble(static_cast<std::uint64_t>(index) ^ 0x4c45474cULL)) % 100;
  if (dice < (brand.is_modern ? 25u : 8u)) return "合同会社" + brand.written;
  return dice < 60 ? "株式会社" + brand.written : brand.written + "株式会社";
}

constexpr Word surnames[] = {{"佐伯", "サエキ", "saeki"},        {"水野", "ミズノ", "mizuno"},
                             {"川端", "カワバタ", "kawabata"},   {"三浦", "ミウラ", "miura"},
                             {"大塚", "オオツカ", "otsuka"},     {"小泉", "コイズミ", "koizumi"},
                             {"松本", "マツモト", "matsumoto"},  {"井上", "イノウエ", "inoue"},
                             {"木村", "キムラ", "kimura"},       {"清水", "シミズ", "shimizu"},
                             {"山崎", "ヤマザキ", "yamazaki"},   {"池田", "イケダ", "ikeda"},
                             {"橋本", "ハシモト", "hashimoto"},  {"石川", "イシカワ", "ishikawa"},
                             {"前田", "マエダ", "maeda"},        {"藤田", "フジタ", "fujita"},
                             {"後藤", "ゴトウ", "goto"},         {"岡田", "オカダ", "okada"},
                             {"長谷川", "ハセガワ", "hasegawa"}, {"村上", "ムラカミ", "murakami"},
                             {"近藤", "コンドウ", "kondo"},      {"坂本", "サカモト", "sakamoto"},
                             {"遠藤", "エンドウ", "endo"},       {"青木", "アオキ", "aoki"},
                             {"西村", "ニシムラ", "nishimura"},  {"福田", "フクダ", "fukuda"},
                             {"太田", "オオタ", "ota"},          {"三宅", "ミヤケ", "miyake"},
                             {"藤原", "フジワラ", "fujiwara"},   {"岡本", "オカモト", "okamoto"},
                             {"中川", "ナカガワ", "nakagawa"},   {"中野", "ナカノ", "nakano"},
                             {"原田", "ハラダ", "harada"},       {"小野", "オノ", "ono"},
                             {"竹内", "タケウチ", "takeuchi"},   {"金子", "カネコ", "kaneko"},
                             {"和田", "ワダ", "wada"},           {"中山", "ナカヤマ", "nakayama"},
                             {"石田", "イシダ", "ishida"},       {"上田", "ウエダ", "ueda"},
                             {"森田", "モリタ", "morita"},       {"柴田", "シバタ", "shibata"},
                             {"酒井", "サカイ", "sakai"},        {"工藤", "クドウ", "kudo"},
                             {"横山", "ヨコヤマ", "yokoyama"},   {"宮崎", "ミヤザキ", "miyazaki"},
                             {"宮本", "ミヤモト", "miyamoto"},   {"内田", "ウチダ", "uchida"},
                             {"高木", "タカギ", "takagi"},       {"安藤", "アンドウ", "ando"},
                             {"谷口", "タニグチ", "taniguchi"},  {"大野", "オオノ", "ohno"},
                             {"丸山", "マルヤマ", "maruyama"},   {"今井", "イマイ", "imai"},
                             {"河野", "コウノ", "kono"},         {"藤本", "フジモト", "fujimoto"},
                             {"村田", "ムラタ", "murata"},       {"武田", "タケダ", "takeda"},
                             {"上野", "ウエノ", "ueno"},         {"杉山", "スギヤマ", "sugiyama"},
                             {"増田", "マスダ", "masuda"},       {"平野", "ヒラノ", "hirano"},
                             {"千葉", "チバ", "chiba"},          {"久保", "クボ", "kubo"},
                             {"松井", "マツイ", "matsui"},       {"野口", "ノグチ", "noguchi"},
                             {"樋口", "ヒグチ", "higuchi"},      {"浜田", "ハマダ", "hamada"},
                             {"菅野", "カンノ", "kanno"},        {"永井", "ナガイ", "nagai"}};

constexpr Word given_names[] = {{"美咲", "ミサキ", "misaki"},
                                {"大輔", "ダイスケ", "daisuke"},
                                {"彩香", "アヤカ", "ayaka"},
                                {"健太", "ケンタ", "kenta"},
                                {"由美", "ユミ", "yumi"},
                                {"翔太", "ショウタ", "shota"},
                                {"直樹", "ナオキ", "naoki"},
                                {"真由美", "マユミ", "mayumi"},
                                {"拓也", "タクヤ", "takuya"},
                                {"恵子", "ケイコ", "keiko"},
                                {"隆", "タカシ", "takashi"},
                                {"裕子", "ユウコ", "yuko"},
                                {"誠", "マコト", "makoto"},
                                {"陽子", "ヨウコ", "yoko"},
                                {"浩二", "コウジ", "koji"},
                                {"麻衣", "マイ", "mai"},
                                {"亮", "リョウ", "ryo"},
                                {"奈緒", "ナオ", "nao"},
                                {"哲也", "テツヤ", "tetsuya"},
                                {"千尋", "チヒロ", "chihiro"},
                                {"和也", "カズヤ", "kazuya"},
                                {"友香", "トモカ", "tomoka"},
                                {"剛", "ツヨシ", "tsuyoshi"},
                                {"明美", "アケミ", "akemi"},
                                {"雄太", "ユウタ", "yuta"},
                                {"香織", "カオリ", "kaori"},
                                {"修", "オサム", "osamu"},
                                {"智子", "トモコ", "tomoko"},
                                {"洋平", "ヨウヘイ", "yohei"},
                                {"里奈", "リナ", "rina"},
                                {"純一", "ジュンイチ", "junichi"},
                                {"久美子", "クミコ", "kumiko"},
                                {"達也", "タツヤ", "tatsuya"},
                                {"沙織", "サオリ", "saori"},
                                {"康平", "コウヘイ", "kohei"},
                                {"昌子", "マサコ", "masako"},
                                {"正樹", "マサキ", "masaki"},
                                {"春菜", "ハルナ", "haruna"},
                                {"英樹", "ヒデキ", "hideki"},
                                {"舞", "マイ", "mai"},
                                {"慎吾", "シンゴ", "shingo"},
                                {"理恵", "リエ", "rie"},
                                {"俊介", "シュンスケ", "shunsuke"},
                                {"愛", "アイ", "ai"},
                                {"貴之", "タカユキ", "takayuki"},
                                {"文香", "フミカ", "fumika"},
                                {"光一", "コウイチ", "koichi"},
                                {"志保", "シホ", "shiho"},
                                {"秀明", "ヒデアキ", "hideaki"},
                                {"典子", "ノリコ", "noriko"}};

}  // namespace

CompanyName japanese_company(std::uint64_t seed, int index) {
  const Brand brand = brand_of(seed, index);
  return {with_legal_form(brand, seed, index), brand.reading, brand.latin + ".example", brand.industry};
}

CompanyName japanese_subsidiary(const CompanyName& parent, std::uint64_t seed, int parent_index, int number) {
  Brand brand = brand_of(seed, parent_index);
  const Word& daughter = daughters[static_cast<std::size_t>(number) % std::size(daughters)];
  brand.written += daughter.written;
  return {with_legal_form(brand, seed, parent_index), brand.reading + daughter.reading,
          std::string(daughter.latin) + "." + parent.domain, parent.industry};
}

PersonName japanese_person(Random& random) {
  const Word& surname = random.pick(surnames);
  const Word& given = random.pick(given_names);
  return {std::string(surname.written) + " " + given.written, std::string(surname.reading) + " " + given.reading,
          std::string(given.latin) + "." + surname.latin};
}

}  // namespace banso::simulation
