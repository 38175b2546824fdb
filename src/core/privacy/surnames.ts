/** Surnames that begin few other words, or so many people that it does not matter. */
export const COMMON_SURNAMES: ReadonlySet<string> = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵覃武钱戴严欧莫孔汤葛章傅颜倪翁赖萧伍施季曲丛庄辛涂谷柳邢岳齐聂毕焦殷翟柴阮闵卓骆耿詹柯鲍甄牟芦苗佟覃',
);

const RARE =
  '万东丰乐乔乜习于云亓井仇仉仝代仰仲伊伏位佘佴俞候储充兆党全兰关养冀冉农冷冼凌凤刁利别劳勾包匡区华单卜卞卫印危卿厉厍原古司向咸商喻堵夔奚姬娄宁安宗宣宦宫宰容宿寇富寿尚尤尧屈展屠山岑崇巢左巩巫巴师席常干幸广应庞康庾弓弘强怀慎慕戈戎成战房扈扶承揭支敖文方时明易昝晁晋晏景暨暴朴权束杭柏查栾桂桑梅植楚楼樊殳毋水池汲沃沙洪浦海淡温游滑滕濮燕牛牧狄璩甘申白皮盖盛瞿石祁祖祝禄穆窦童竺符简管籍米粟糜索红纪练缪羿胥腾臧舒艾花苍苑苟茅茹荀荆荣莘蒙蒯蒲蔚蔺薄虞融衡裘裴褚覃解訾诸谈贡贲费越路车辜边连逄通逯邸郁郏郗郜郦鄢金钮闻阎阙阚阳阴隆隋雍霍靳鞠项须颖饶高鲁鹿麦麻谌隗钭禤呙缑邝蹇帅漆蓝丘仉笪衣宾苌郄隽忻';
/** All that a person may be called by; many of them are words as well. */
export const SURNAMES: ReadonlySet<string> = new Set([...COMMON_SURNAMES, ...RARE]);

export const DOUBLE_SURNAMES: ReadonlySet<string> = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 长孙 宇文 端木 百里 南宫 独孤 呼延 轩辕 公冶 澹台 第五 拓跋 东郭 西门 申屠 仲孙 闻人 钟离 濮阳 淳于 单于 太史 赫连 完颜 纳兰 万俟 鲜于 闾丘 亓官'.split(
    ' ',
  ),
);
