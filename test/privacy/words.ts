/** Where the corpus takes its people and places from: nothing of it is taken from the masker. */
export const SURNAMES =
  '李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴闫佘练肖付代';
export const DOUBLE_SURNAMES = [
  '欧阳',
  '上官',
  '司马',
  '诸葛',
  '皇甫',
  '慕容',
  '令狐',
  '夏侯',
  '东方',
  '司徒',
  '尉迟',
  '端木',
];
const ONE = '伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英华兰红鑫玲斌宇浩凯健俊帆雪荣爱妹琴云洁莉鹏波晶亮欢';
const TWO =
  '秀英 桂英 秀兰 建华 建国 志强 志明 海燕 晓红 晓东 春梅 春花 玉兰 玉梅 国强 国庆 文博 子涵 梓轩 雨桐 欣怡 一诺 浩然 宇轩 诗涵 俊杰 佳怡 思远 天佑 梦琪 若曦 立新 永强 德福 广志 淑珍 红梅 金凤 小龙 小燕 大伟 二妮 冬梅 兴旺 宝根 阿娇 世杰 嘉豪 明轩 雅婷 美玲 晓峰 少华 新民 振东 培源 雪琴 巧云 银花 福生';
export const GIVEN = [...ONE, ...TWO.split(' ')];
export const MINORITY = [
  '阿依古丽·买买提',
  '迪力木拉提·艾山',
  '扎西·次仁',
  '古丽娜尔·吐尔逊',
  '巴特尔·孟和',
  '热依扎·阿力木',
];
export const ENGLISH_FIRST =
  'James Mary Robert Linda Michael Susan David Karen Daniel Emma Oliver Sophia Tom Alice Kevin Grace'.split(' ');
export const ENGLISH_LAST =
  "Smith Johnson Brown Taylor Wilson Evans Walker Wright Green Baker O'Neil Carter Cooper Morgan Zhang Huang".split(
    ' ',
  );

/** Province, city and district as they are written. */
export const AREAS: readonly (readonly [province: string, city: string, district: string])[] = [
  ['浙江省', '杭州市', '余杭区'],
  ['浙江省', '金华市', '义乌市'],
  ['广东省', '深圳市', '龙岗区'],
  ['广东省', '佛山市', '顺德区'],
  ['四川省', '成都市', '金牛区'],
  ['四川省', '绵阳市', '涪城区'],
  ['江苏省', '苏州市', '吴中区'],
  ['江苏省', '徐州市', '铜山区'],
  ['山东省', '临沂市', '兰山区'],
  ['山东省', '青岛市', '即墨区'],
  ['河南省', '郑州市', '中原区'],
  ['河北省', '石家庄市', '长安区'],
  ['湖北省', '武汉市', '洪山区'],
  ['湖南省', '长沙市', '雨花区'],
  ['福建省', '泉州市', '晋江市'],
  ['陕西省', '西安市', '雁塔区'],
  ['辽宁省', '沈阳市', '铁西区'],
  ['云南省', '昆明市', '官渡区'],
  ['', '上海市', '闵行区'],
  ['', '北京市', '丰台区'],
  ['', '重庆市', '沙坪坝区'],
  ['广西壮族自治区', '南宁市', '西乡塘区'],
  ['安徽省', '合肥市', '肥西县'],
  ['贵州省', '遵义市', '汇川区'],
];
export const ROADS =
  '建设路 解放大道 中山北路 长江西路 滨河街 青年大街 育才巷 和平路 迎宾大道 团结街 经三路 文昌路 学府路 新华东街 幸福路 工农路 凤凰大道 环城南路 朝阳街 车站路 兴业路 友谊西街 吉庆巷 桃园路 梧桐大道 望江路 花溪路 紫荆街'.split(
    ' ',
  );
export const ESTATES =
  '翠湖花园 金色家园 锦绣苑 东方小区 万科城市花园 绿城桂花苑 恒大华府 碧桂园小区 阳光公寓 富力大厦 世纪广场 龙湖花园 保利香槟苑 中海国际公寓 时代大厦 天鹅湖小区 银河花园 城南物流园 高新科技园 永安工业园'.split(
    ' ',
  );
export const TOWNS = [
  '大桥镇',
  '柳林镇',
  '青山镇',
  '河口镇',
  '石桥镇',
  '龙泉乡',
  '马店镇',
  '新塘镇',
  '沙河乡',
  '白鹿镇',
];
export const VILLAGES = [
  '王家村',
  '上李村',
  '东庄村',
  '张各庄村',
  '石门村',
  '大湾村',
  '后河村',
  '陈集村',
  '三岔村',
  '杨柳村',
];
export const ENGLISH_ROADS = [
  'Jianshe Road',
  'Nanjing West Road',
  'Changjiang Street',
  'Binhe Avenue',
  'Zhongshan North Road',
  'Xinhua Street',
];
export const ENGLISH_DISTRICTS = ['Yuhang District', 'Longgang District', 'Jinniu District', 'Minhang District'];
