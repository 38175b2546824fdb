import type { Mood } from './understanding.ts';

/** Each kind of phrase counts once, with its weight; texts are simplified. */
const ANNOYED: readonly RegExp[] = [
  /(?:半|一|两|二|几|好几|多少|\d+|[三四五六七八九十]+)个?多?(?:月|星期|礼拜|周|天|小时)(?:都?过?去?了|[都还](?:没|不|在))/,
  /怎么(?:还|都|一直|又)(?:是|没|不|在)|为什么(?:还|一直|总|老)(?:没|不|是)|(?:还|都)(?:没有?|不|未)(?:到|收|发|动|给|回|处理|退|返|赔|解决|人|消息|结果|动静|影)/,
  /催|(?<![不别加着特救应先])急(?![件救诊用需])|着急|(?:快|尽快|赶紧|赶快|抓紧)(?:点|些|给|处理|查|回)/,
  /到底|究竟|没人(?:理|管|回|接|应|处理)|不理(?:我|人)|不(?:回|接)(?:复|电话|消息|信息)|打不通/,
  /一直(?:没|不|在拖|拖)|拖(?:了|着|到|拖拉拉)|太(?:慢|久|差|离谱|不像话)|这么(?:慢|久|差|离谱)|等(?:了|到)(?:好|这么|半|多|几|[一二两三四五六七八九十\d])/,
  /怎么回事|怎么搞的|搞什么|什么情况|啥情况|失望|不满意?|无语|烦死?|郁闷|麻烦死|说话不算|一拖再拖|推来推去/,
  /(?:我要|要|想)投诉|投诉(?:一下|他|它)|差评/,
  /\b(?:still (?:not|haven'?t|hasn'?t|waiting|no)|how long|again and again|frustrat\w+|disappoint\w+|annoy\w+|too slow|so slow|hurry|no (?:one|body) (?:answers?|replies|responds))\b/i,
];
const ANGRY: readonly RegExp[] = [
  /垃圾(?!袋|桶|分类|箱|车|处理|站|房|篓)|骗(?:子|人|钱|我)|欺骗|诈骗|忽悠|坑(?:人|我|爹|钱|客户)|黑心|奸商|流氓|无赖|强盗|土匪/,
  /什么(?:破|烂|狗屁|鬼|垃圾)|破公司|烂公司|(?:什么|这)(?:态度|玩意|东西)(?!.{0,4}(?:能|可以|怎么|要|寄|发))/,
  /气死|气炸|火大|恼火|受够|受不了|忍无可忍|太过分|过分了|欺人太甚|欺负人|不要脸|恶心|缺德/,
  /投诉(?:你|死)|告(?:诉)?你们老板|叫你们(?:领导|老板|经理)|(?:找|让)你们(?:领导|老板|经理)/,
  /他妈|妈的|特么|尼玛|你妈|tmd|滚(?!筒|轮|动|珠|轴|装|塑)|混蛋|王八|畜生|傻[逼比叉子]|脑残|有病吧?[!?。]*$|废物(?!利用|箱|回收)|狗屁|放屁|扯淡|吃屎|去死/i,
  /踢皮球|敷衍|糊弄|当我(?:傻|是傻)|耍我|玩我|没完没了|不负责任|骂人/,
  /\b(?:rubbish|garbage company|scam(?:mers?)?|liars?|cheat(?:ers?|ing)|ridiculous|unacceptable|outrageous|furious|angry|pissed|terrible|worst|useless|idiots?|stupid|damn|bullshit|wtf|fuck\w*|shit)\b/i,
];
/** Said to mean the opposite. */
const SARCASM: readonly RegExp[] = [
  /呵呵|(?:真|可真|还真|太|好)(?:是)?(?:厉害|牛|行|可以|棒|优秀|有本事)(?:啊|呀|哦|了|的|!)|(?:我)?(?:真是|也是|算是)?服了|佩服佩服/,
  /(?:蜗牛|乌龟|走路|爬)(?:都|也)?(?:比|到|该)|(?:爬|走)(?:着|过)(?:来|去)|(?:是|都)?(?:睡着|倒闭|跑路|失踪|死光|放假到明年)了/,
  /(?:谢谢|感谢|多亏)你们(?:让|把|害|的"?效率)|好意思|这(?:就|也)叫(?:服务|快递|物流|客服)|(?:你们|贵公司)(?:可)?真(?:会|能|行)|准备(?:过年|明年|下辈子)|留着(?:过年|下崽)/,
  /\b(?:great job|thanks a lot for nothing|thanks for nothing|how nice|bravo|snail)\b/i,
];
/** Praise means itself, unless it stands beside a trouble. */
const PRAISE =
  /(?:服务|效率|速度|态度|你们|客服|物流|快递)(?:可|还|也)?(?:真|太|好)是?(?:好|快|高|棒|行|到位|周到)|点(?:个|一个)?(?:大大的)?赞|\b(?:so fast|great service|well done)\b/i;
const TROUBLE =
  /没(?!关系|事|问题|错)|还(?:在|不|是)|不(?!错|客气|好意思|用)|(?:半|几|\d|[一二两三四五六七八九十])个?(?:月|星期|礼拜|周|天|遍|次|小时)|[破坏丢碎]|拖|\b(?:still|not?|never|days|weeks|lost|broken)\b/i;
const THREATENING: readonly RegExp[] = [
  /(?<!\d)12(?:315|305|345|348)(?!\d)|邮政(?:管理)?局|市场监管|工商局?(?:投诉|举报|去)?(?!银行|大学)|消协|消费者协会|(?<!\d)315(?!\d)|运管|信访|举报你/,
  /曝光(?!灯|机|台|度)|(?:找|联系|告诉|通知|叫|上|给)(?:媒体|记者|电视台|报社)|媒体(?:见|上见)|(?:发|挂|传|放)(?:到|上)?(?:抖音|微博|网上|朋友圈|小红书|头条)/,
  /起诉|告(?:你们|到底|上法庭)|法庭|法院(?:见|告|起诉|传票|立案)|(?:上|去|到)法院(?!旁|附近|门口|路|收|签|对面|那边|宿舍)|走法律|法律(?:途径|手段|程序|武器)|(?:找|请|让|叫|联系|我的?)律师|律师函(?:会|已|马上|等)/,
  /报警(?!器|铃|灯|系统|装置|主机)|报案|警察(?!局?(?:旁|附近|门口|对面|收|签))|派出所(?!旁|附近|门口|收|签|对面)|公安局?(?:见|报)/,
  /上门(?:找|闹|讨|堵|理论|要说法|要钱|算账)|(?:去|到|来|上)你们(?:公司|店|网点|单位)(?:闹|堵|找|要|坐|算|砸)|(?:找|跟)你们算账|砸了?你们|别怪我|后果自负|让你们(?:好看|倒闭|关门)|没完(?!没了)/,
  /\b(?:sue|lawyer|attorney|court|police|legal action|expose you|go to the (?:press|media)|call the (?:press|media)|consumer (?:association|protection)|take you to)\b/i,
];

const ANGRY_FROM = 4;

/** How the customer sounds, from the words and the punctuation of a normalised text. */
export function moodOf(text: string): Mood {
  if (THREATENING.some((pattern) => pattern.test(text))) return 'threatening';
  // 不急, 别着急 and 加急 are the opposite of hurry, or a service.
  const calmed = text.replace(/(?:不|别|不用|不要|无需|没那么)(?:太|那么|用|要)?(?:着急|急|催)|加急|急件/g, '');
  const count = (patterns: readonly RegExp[]): number => patterns.filter((pattern) => pattern.test(calmed)).length;
  const score =
    count(ANNOYED) +
    ANGRY_FROM * count(ANGRY) +
    2 * count(SARCASM) +
    (PRAISE.test(calmed) && TROUBLE.test(calmed) ? 1 : 0) +
    (/[!?]{3,}/.test(text) ? 2 : /!!|\?\?/.test(text) ? 1 : 0);
  if (score >= ANGRY_FROM) return 'angry';
  return score > 0 ? 'annoyed' : 'calm';
}
