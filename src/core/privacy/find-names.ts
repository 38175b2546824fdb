import type { Find } from './find.ts';
import { isHan, type Reading } from './reading.ts';
import { COMMON_SURNAMES, DOUBLE_SURNAMES, SURNAMES } from './surnames.ts';

/** Said to whoever has the surname in front. */
const TITLES = /先生|主管|总监|站长|女士|小姐|太太|夫人|老师|老板|经理|师傅|主任|阿姨|大姐|大哥|大爷/g;
/** The same, said of strangers too: only a common surname makes it somebody. */
const CALLINGS = /司机|会计|医生|队长|店长|厂长|同学|工程师/g;
/** 那位先生, 谢谢师傅, 祝老板发财: nobody in particular. */
const NOBODY = /(?:[那这哪各每几两有]个?位?|位|谢谢|感谢|祝|麻烦)$/;
/** Said to a person by name alone. */
const POLITE = /^(?:先生|女士|小姐|太太|夫人)/;
/** What stands in front of a rare surname, where it is one. */
const LEADS = /[是找给叫系请让和跟与的知交转问为]/;
/** The same in one character; a word of its own behind other characters. */
const SHORT_TITLES = /[总姐哥叔姨嫂](?![共是计算部数价额量要会统体])/g;
/** A name follows. */
const LABEL =
  /(?:收件人|收货人|寄件人|发货人|发件人|寄货人|联系人|联络人|姓名|名字|户名|开户人|开户名|持卡人|户主|机主|货主|提货人|经办人|签收人|收款人|付款人|代收人|委托人|投诉人)(?:的?(?:姓名|名字|全名))?(?:信息|资料)?((?:[ :="'“‘「『【[(<《]|是|叫做?|名叫|为|填|写成|写的|写|改成|换成|改为|换为|改){0,4})/g;
const CALLED =
  /(?:我叫做?|名叫|[他她人]叫做?|叫做|本人叫?|我的?名字叫?是?|我?全名叫?是?|真名叫?是?|在下)[ :"'“‘「『【[(<《]{0,3}/g;
/** The same where a surname must follow, for much else may. */
const PERHAPS = /(?:(?<!\p{Script=Han})是|找|给|叫|联系|通知|收件|寄件)[ :"'“‘「『【[(<《]{0,3}/gu;
/** Whoever does this for somebody, or belongs to somebody. */
const ROLE =
  /(?:司机|快递员|业务员|管理员|配送员|客服|店长|老板娘?|经理|主管|会计|房东|同事|朋友|老公|老婆|爱人|丈夫|妻子|儿子|女儿|[我他她]的?(?:妈妈?|爸爸?|哥哥?|姐姐?|弟弟?|妹妹?|叔叔?|婆婆))(?:是|叫)?[ :"'“‘「『【[(<《]{0,3}/g;
/** 王芳(王姐), 李强，李总: the surname said again. */
const AGAIN =
  /(\p{Script=Han}{1,2}?)\p{Script=Han}{1,3}[ ,、(]{1,2}[老小阿]?\1(?:\p{Script=Han}{1,2})?(?=[),、.。 ]|电话|$|\p{Script=Han})/gu;
/** Whose parcel it is: 王芳的包裹. */
const OWNER =
  /(?<![\p{Script=Han}])(\p{Script=Han})\p{Script=Han}{1,2}(?=的(?:包裹|快递|件|货|单|东西|运单|电话|手机|号码|地址)|在.{1,12}(?:等|取|提|拿|收))/gu;
/** A waybill and a name, and no more on the line. */
const WAYBILL_OF = /^(?:[A-Za-z]{0,4}\d{8,20})[ ,:]{1,2}(\p{Script=Han}{2,3})$/gmu;
const SELF = /(?:我是|这里是|这是)[ :"'“‘「『【[(<《]{0,3}/g;
const SURNAMED = /(?:免贵|贵?)姓(?=\p{Script=Han})/gu;
/** A name ends where one of these begins. */
const FOLLOWS =
  /^(?:电话|手机|号码|联系|地址|住|收|在|的|证|去|答应|帮|拿|知|跟|来|过|已|还|都|昨|今|有|会|打|让|把|被|放|问|负责|刚|可以|委|与|及|等|用|想|需|身份|卡号|账号|帐号|银行|先生|女士|小姐|老板|经理|师傅|和|他|她|我|你|您|,|本人|说|要|寄|发|取|签|这个|那个|就|吧|啊|呢|吗|呀|哦|了|到|从|给|写|不|没|也|是|名下|名字|两个字|三个字|提货|代)/;
/** No names, though they begin like one. */
const WORDS = new Set(
  '查 时 房 代 解 查看 查到 查了 查过 查得 代收 代付 代理 时常 向来 房间 房东 解决 谢谢 谢谢您 柯桥 谷歌 安装 授权 授权书 庄园 曲线 季度 季节 齐全 齐了 毕竟 苗木 卓越 谁 哪位 哪个 哪里 本人 自己 我们 你们 他们 公司 客户 什么 多少 错的 对的 不对 女的 男的 同一个 同一人 别人 老客户 新客户 老板 人工 客服 机器人 电话 手机 地址 单号 师傅 成都 温州 常州 金华 江西 江苏 安徽 石家庄 南京 黄山 黄石 洛阳 邯郸 安阳 宁波 宁夏 长沙 云南 海南 海口 郑州 徐州 梅州 连云港 孝感 武汉 武昌 兰州 高雄 丁家桥 时间 时候 时效 方便 方式 常温 高兴 麻烦 安全 安排 应该 应付 应收 水果 水泥 水管 管子 乐器 花瓶 花盆 万一 万元 全部 全新 单子 单位 单据 公斤 公里 平方 平安 易碎 易燃 严重 严格 包裹 包装 包邮 包赔 和您 和我 和你 石材 石头 白天 白酒 红酒 黄酒 金额 金属 周一 周二 周三 周四 周五 周六 周日 周末 周边 钱款 钱呢 毛病 毛巾 马上 马桶 张数 向您 向我 沙发 瓷砖 家具 明天 明细 成功 成品 温度 房子 车子 车辆 车队 车间 关于 关心 满意 满足 元旦 路上 农村 农药 文件 国家 国内 国际 商品 商家 司机 东西 都是 都有 都没 都在 都要 后面 后天 后来 计划 计费 计算 查货 查款 查询 查件 查单 查一下 查下 何时 贵司 贵公司 付款 付钱 胡说 胡闹 许多 郎 简单 双方 于是 于今 曾经 陈列 史上 舒服 尚未 尚且 终于 毕竟 毕业 游客 空调 空运 解决 解释 能不能 能否 容易 童车 童装 雷达 皮带 皮鞋 皮具 谷子 费用 费钱 项目 宣传 荣幸 祝您 祝你 祝愿 顾客 龙头 章子 任何 任意 范围 程序 程度 古董 古玩 冷链 冷冻 冷藏 蓝色 强烈 柴油 江边 余额 余款 鱼缸 梁平 武侯 武侯区 锦江 段时间 方案 方向 罗盘 常见 常用 卫生 卫浴 平台 平板 通知 支付 支持 终端 居然 居民 步骤 满了 全程 海关 关系 马路 江门 江阴 江都 高邮 高密 高安 常德 常熟 马鞍山 张家口 张家界 张家港 金昌 金坛 唐山 万宁 万州 黄冈 安康 安庆 安顺 柳州 曲靖 曲阜 焦作 石河子 石狮 许昌 邓州 项城 庄河 温岭 钟祥 毕节 贺州 周口 陆丰 雷州 罗定 白银 白城 白山 晋江 晋中 晋城 阳江 阳泉 阳春 辛集 任丘 沈阳 邢台 乐山 乐清 鲁山 孟州 彭州 邹城 邹平 滕州 龙口 龙岩 余姚 景德镇 景洪 吴忠 吴江 武威 武夷山 应城 通化 通州 荣成 荣昌 寿光 宁德 满了 广东 广西 广州 利息 利润 越南 越来越 候补 相关 相机 宿舍 战友 战略 滑板 封口 封条'.split(
    ' ',
  ),
);

/** People, where words around them say so: a title, a label, a call. `others`: private pieces that are found already. */
export function findNames(reading: Reading, others: readonly Find[]): Find[] {
  const { text } = reading;
  const found: Find[] = [];
  const put = (start: number, end: number): void => void (end > start && found.push({ kind: 'name', start, end }));
  for (const title of text.matchAll(TITLES)) put(beforeTitle(text, title.index, SURNAMES), title.index);
  for (const title of text.matchAll(CALLINGS)) put(beforeTitle(text, title.index, COMMON_SURNAMES), title.index);
  for (const title of text.matchAll(SHORT_TITLES)) put(beforeShortTitle(text, title.index), title.index);
  for (const label of text.matchAll(LABEL)) {
    const at = label.index + label[0].length;
    put(at, at + nameLength(text, at, label[1]?.trim() === '' ? 'surname' : 'said'));
  }
  for (const call of text.matchAll(CALLED)) {
    const at = call.index + call[0].length;
    put(at, at + nameLength(text, at, 'said'));
  }
  for (const [pattern, how] of [
    [PERHAPS, 'perhaps'],
    [SELF, 'self'],
    [ROLE, 'surname'],
  ] as const) {
    for (const word of text.matchAll(pattern)) {
      const at = word.index + word[0].length;
      put(at, at + nameLength(text, at, how));
    }
  }
  for (const word of text.matchAll(SURNAMED)) {
    const at = word.index + word[0].length;
    const length = DOUBLE_SURNAMES.has(text.slice(at, at + 2))
      ? 2
      : SURNAMES.has(text.charAt(at)) || isAlone(text, at)
        ? 1
        : 0;
    put(at, at + length);
  }
  for (const said of text.matchAll(AGAIN))
    if (SURNAMES.has(said[1] ?? '') || DOUBLE_SURNAMES.has(said[0].slice(0, 2)))
      put(said.index, said.index + said[0].search(/[ ,、(]/));
  for (const line of text.matchAll(WAYBILL_OF)) {
    const end = line.index + line[0].length;
    const name = line[1] ?? '';
    if (COMMON_SURNAMES.has(name.charAt(0)) && !isWord(name)) put(end - name.length, end);
  }
  for (const owner of text.matchAll(OWNER))
    if (COMMON_SURNAMES.has(owner[1] ?? '') && !isWord(owner[0])) put(owner.index, owner.index + owner[0].length);
  for (const other of others) findBeside(text, other, put);
  findEnglish(text, put);
  return found;
}

/** The longest run before a title that begins with a surname; a common one before a rare one. */
function beforeTitle(text: string, at: number, surnames: ReadonlySet<string>): number {
  if (text.startsWith('康师傅', at - 1)) return at;
  const latin = /[A-Za-z]{2,20} ?$/.exec(text.slice(Math.max(0, at - 21), at));
  if (latin) return at - latin[0].length;
  if (DOUBLE_SURNAMES.has(text.slice(Math.max(0, at - 2), at))) return at - 2;
  if (NOBODY.test(text.slice(Math.max(0, at - 3), at))) return at;
  let [start, rare] = [at, at];
  for (let length = 1; length <= 4 && isHan(text[at - length]); length++) {
    const name = text.slice(at - length, at);
    if (length > 2 && DOUBLE_SURNAMES.has(name.slice(0, 2))) start = at - length;
    if (length === 4 || isWord(name)) continue;
    if (COMMON_SURNAMES.has(name.charAt(0))) start = at - length;
    else if (surnames.has(name.charAt(0)) && (length > 1 || leads(text, at - length))) rare = at - length;
  }
  if (start < at || rare < at) return Math.min(start, rare);
  // 转给查先生: whatever stands between, it is somebody.
  if (POLITE.test(text.slice(at, at + 2))) {
    for (let length = 1; length <= 3 && isHan(text[at - length]); length++) {
      const name = text.slice(at - length, at);
      if (/[给系是找叫]/.test(text.charAt(at - length - 1)) && !NO_NAME.test(name) && (length === 1 || !isWord(name)))
        return at - length;
    }
  }
  return /[小老阿]/.test(text.charAt(at - 2)) && surnames === SURNAMES ? at - 2 : at;
}

function leads(text: string, at: number): boolean {
  const before = text[at - 1];
  return !isHan(before) || LEADS.test(before ?? '');
}

function beforeShortTitle(text: string, at: number): number {
  if (DOUBLE_SURNAMES.has(text.slice(Math.max(0, at - 2), at))) return at - 2;
  if (NOBODY.test(text.slice(Math.max(0, at - 3), at)) || isWord(text.slice(at - 1, at + 1))) return at;
  const surname = text.charAt(at - 1);
  if (COMMON_SURNAMES.has(surname)) return at - 1;
  return SURNAMES.has(surname) && leads(text, at - 1) ? at - 1 : at;
}

/**
 * How long the name at `at` is, 0 where there is none. said: anything that ends like a name. surname, self: a surname must
 * begin it. perhaps: a common one, and an end that leaves no doubt.
 */
function nameLength(text: string, at: number, how: 'said' | 'surname' | 'self' | 'perhaps'): number {
  if (how === 'said' || how === 'surname') {
    const latin = LATIN.exec(text.slice(at, at + 90));
    if (latin) return latin[0].length;
  }
  // 老公杨 飞去: signs in a name that words follow.
  const spaced = /^(\p{Script=Han}) \p{Script=Han}(?: \p{Script=Han})?(?=\p{Script=Han})/u.exec(text.slice(at, at + 6));
  if (spaced && COMMON_SURNAMES.has(spaced[1] ?? '')) return spaced[0].length;
  let run = 0;
  while (run < 12 && (isHan(text[at + run]) || (run > 0 && /[·・•]/.test(text.charAt(at + run))))) run++;
  const words = text.slice(at, at + run);
  if (/[·・•]/.test(words)) return dottedLength(words);
  if (run < 2 || NO_NAME.test(words)) return 0;
  const double = DOUBLE_SURNAMES.has(words.slice(0, 2));
  const common = double || COMMON_SURNAMES.has(words.charAt(0));
  const known = common || SURNAMES.has(words.charAt(0));
  const longest = double || how === 'said' ? 4 : 3;
  if (run <= longest) return isWord(words) || (how !== 'said' && !known) ? 0 : run;
  for (let length = longest; length >= (double ? 3 : 2); length--) {
    if (!FOLLOWS.test(text.slice(at + length, at + length + 4)) || isWord(words.slice(0, length))) continue;
    if (how === 'perhaps' && !common && length === 2 && !/[拿取收签]/.test(text.charAt(at + 2))) continue;
    if (known || (how === 'said' && length <= 3)) return length;
  }
  // 我叫王小明来查货: nothing says where the name ends, so a letter too many is covered.
  return how === 'said' && common && !isWord(words.slice(0, 3)) ? 3 : 0;
}
/** 买买提·艾力说: the last part ends where another word begins. */
function dottedLength(words: string): number {
  const last = words.search(/[·・•][^·・•]*$/);
  // 孟和: a short last part is no word behind the name.
  if (words.length - last <= 5) return words.length;
  for (let end = last + 2; end < words.length; end++) if (FOLLOWS.test(words.slice(end, end + 4))) return end;
  return words.length;
}
const LATIN = /^\p{Lu}[\p{Script=Latin}'.-]{1,20}(?: \p{Lu}[\p{Script=Latin}'.-]{0,20}){0,3}/u;
/** Names begin with none of these. */
const NO_NAME = /^[我你您他她它和个那这一哪没不还要怎打有就可在被把让跟对往从其各每是的了吗呢先再又也都很太最]/;

function isWord(name: string): boolean {
  return WORDS.has(name) || WORDS.has(name.slice(0, 2)) || /[的了吗呢么]|吧$/.test(name);
}

/** 王小明 138…, 138…,王小明: a name of its own beside a phone, a card or an address. */
function findBeside(text: string, { start, end }: Find, put: (start: number, end: number) => void): void {
  const before =
    /(?:^|[^\p{Script=Han}])(\p{Script=Han}{2,4})[\s\p{P}|]{0,4}(?:\[[^\]]{0,12}\]\()?(?:\{?"?(?:tel|phone|前面是?|前[几三]?位是?|开头是?|电话|手机|号码)"?:"?|https?:\/\/[\w./?=&-]{0,60})?$/u.exec(
      text.slice(Math.max(0, start - 90), start),
    );
  const words = before?.[1] ?? '';
  if (isName(words)) {
    const at = start - (before?.[0].length ?? 0) + (before?.[0].indexOf(words) ?? 0);
    put(at, at + words.length);
  }
  const after = /^[\s\p{P}|]{1,4}(\p{Script=Han}(?:[ ·]?\p{Script=Han}){1,3})(?![\p{Script=Han}])/u.exec(
    text.slice(end, end + 14),
  );
  const next = after?.[1] ?? '';
  const letters = next.replace(/[ ·]/g, '');
  const received = letters.endsWith('收') && isName(letters.slice(0, -1));
  if (isName(letters) || received) {
    const at = end + (after?.[0].length ?? 0) - next.length;
    put(at, at + next.length - (received ? 1 : 0));
  }
}

function isName(words: string): boolean {
  if (words.length < 2 || isWord(words)) return false;
  if (DOUBLE_SURNAMES.has(words.slice(0, 2))) return words.length > 2;
  return words.length <= 3 && SURNAMES.has(words.charAt(0));
}

const ENGLISH_SAID =
  /\b(?:my name is|name is|name(?:'s)?|receiver|recipient|consignee|sender|shipper|contact(?: person)?|attn|payee|account holder|mr|mrs|ms|miss|dr)\b[.:]?(?: is)?[ :]{1,3}(\p{Script=Latin}[\p{Script=Latin}'-]{1,20}(?: \p{Script=Latin}[\p{Script=Latin}'.-]{0,20}){0,2})/giu;
const ENGLISH_PERHAPS =
  /\b(?:I am|I'm|[Tt]his is|call|ask for|deliver to|regards,?|thanks,?)[ \n]{1,2}(\p{Lu}[\p{Ll}'-]{1,20}(?: \p{Lu}[\p{Script=Latin}'.-]{0,20}){1,2})/gu;
const ENGLISH_WORDS =
  /^(?:and|my|phone|tel|mobile|from|is|the|a|an|at|please|in|on|of|for|not|to|with|where|when|what|i|can|could|would|will|address|has|have|was|are|number|says?|here|but|who|that|it|his|her|waybill|order|parcel)$/i;

function findEnglish(text: string, put: (start: number, end: number) => void): void {
  for (const pattern of [ENGLISH_SAID, ENGLISH_PERHAPS]) {
    for (const match of text.matchAll(pattern)) {
      const words = (match[1] ?? '').split(' ');
      if (!/^[A-Z]/.test(words[0] ?? '') && !/^(?:my name is|mr|mrs|ms|miss)\b/i.test(match[0])) continue;
      const stop = words.findIndex((word) => ENGLISH_WORDS.test(word));
      const name = words.slice(0, stop < 0 ? words.length : stop).join(' ');
      const start = match.index + match[0].length - (match[1] ?? '').length;
      put(start, start + name.length);
    }
  }
}

/** 姓沿: one character between 姓 and a sign, but not 姓名 or 姓啥. */
function isAlone(text: string, at: number): boolean {
  return !isHan(text[at + 1]) && !/[名氏啊呀什啥某甚]/.test(text.charAt(at));
}
