/** Fire, flood, somebody hurt. Texts are normalised: simplified, half-width. */

const DANGERS: readonly RegExp[] = [
  /着火|起火|失火|走火|火警|火灾|冒(?:黑|白|浓)?烟|烧(?:起来|着了)|自燃了?|爆炸/g,
  /水浸|发大水|(?:仓库|库房|网点|门店|店里|店面|车间|车厢|办公室|家里|楼(?:上|下|道|里)|地下室|这边|我们这|屋里|宿舍)[^,。?!\n]{0,6}(?:进水|漏水|淹|被水|灌水)|漏水(?:进|到|漏)|水(?:漫|淹)(?:进|到|了)|被(?:洪?水)?(?:淹|困)了?/g,
  /受(?:了)?(?:重)?伤|(?:砸|撞|压|轧|碰|夹)(?:到|着|伤|了|倒)(?:了)?(?:个?人|工人|师傅|司机|同事|孩子|小孩|老人|我的?[头脚腿手])|(?:砸|压|轧|撞|烧|烫|摔|电)伤|(?:有人|师傅|司机|工人|同事|老人|人)[^,。?!\n]{0,4}(?:晕倒|昏倒|昏迷|倒下|摔倒|流血|出血|没意识|不省人事|被压|被困|触电|中毒|死)|晕倒|昏迷|触电|中毒|车祸|翻车|救命|出人命|流(?:了)?(?:好多|很多|一地)血/g,
  /(?:化学品|化工|危险品|危化品|硫酸|盐酸|酸|农药|汽油|柴油|酒精|油漆|毒|气体|煤气|燃气|天然气|液化气|氨|氯气|电池|药水)[^,。?!\n]{0,8}(?:泄漏|泄露|漏(?!发|写|掉)|洒|流出)|(?:漏|泄)(?:煤|燃|毒)?气|刺鼻/g,
  /\b(?:on fire|caught fire|catching fire|(?:there(?:'s| is) |a )fire(?! ?(?:extinguisher|alarm|work|place|sale|proof|safety|hydrant))|fire at|burning|smoke (?:is )?(?:coming|everywhere|from)|smoking (?:box|parcel|battery|truck)|explo(?:ded|sion|ding)|flood(?:ed|ing)?|injured|got hurt|is hurt|bleeding|unconscious|collapsed|fainted|electrocuted|gas leak|chemical (?:spill|leak)|leaking (?:acid|gas|chemicals?)|help me!|need an ambulance)\b/gi,
];

/** In front of the word: it did not happen, or is only imagined. */
const IMAGINED =
  /(?:没有?|没人|无人|未|不会|会不会|不能|容易|防止?|避免|以免|免得|如果|要是|万一|假如|假设|倘若|怕|担心|以前|曾经|上次|去年|前年|听说|预防|小心|是否|有没有|有无|易|可能会|\bif|\bnot?|\bnever|\bwithout|\bin case of|\bprevent|\bavoid)[^,。?!\n]{0,8}$/i;
/** Behind the word: a thing or a figure of speech. */
const HARMLESS =
  /^(?:报警器|探测|演习|险|保险|器|材料|稻草|恩人|药|锤|绳|钱|的?(?:心|感情|自尊)|of |insurance|alarm|extinguisher)/i;
const FIGURES =
  /(?:嗓子|喉咙|气得|急得|头顶|心里|心|忙得|眼睛|眼|七窍|感情|钱包|生意|订单|手机|游戏|朋友圈|评论区)[^,。?!\n]{0,3}$/;

/** True where people or premises are in danger now; goods that arrived wet or broken are a claim. */
export function isEmergency(text: string): boolean {
  return DANGERS.some((pattern) =>
    [...text.matchAll(pattern)].some((match) => {
      const before = text.slice(Math.max(0, match.index - 14), match.index);
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 10);
      return !IMAGINED.test(before) && !FIGURES.test(before) && !HARMLESS.test(after);
    }),
  );
}
