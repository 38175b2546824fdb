/** People, places and harmless things, written without a look at the masker's lists. A list of a person's or a place's words is cut in halves by place. */
const list = (words: string): string[] => words.trim().split(/\s+/u);

export const SURNAMES =
  list(`李 王 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾
  彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段
  雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文`);
export const RARER_SURNAMES =
  list(`庞 樊 兰 殷 施 陶 洪 翟 安 颜 倪 严 牛 温 芦 季 俞 章 鲁 葛 伍 韦 申 尤 毕 聂 丛 焦 向 柳 邢 路 岳 齐 梅 莫 庄 辛
  管 祝 左 涂 谷 祁 时 舒 耿 牟 卜 詹 关 苗 凌 费 纪 靳 盛 童 欧 甄 项 曲 成 游 阳 裴 席 卫 查 屈 鲍 覃 霍 翁 隋 植 甘 景 薄 单 包 司 柏 宁 柯 阮
  桂 闵 欧阳 上官 司徒 诸葛 司马 皇甫 令狐 端木 尉迟 慕容 麦 冼 佘 隗 仇 逄 郗 乜 谌 宓 亓`);
export const GIVEN =
  list(`伟 芳 娜 敏 静 丽 强 磊 洋 艳 勇 军 杰 娟 涛 明 超 霞 平 刚 桂英 建华 秀兰 志强 玉梅 小红 海燕 文博 雨婷 子轩 浩然 梓涵 欣怡
  国庆 建国 卫东 红梅 晓东 晓燕 丽华 春花 秋菊 大勇 金龙 振华 立新 俊杰 思远 嘉欣 宇航 婉清 若曦 天佑 福生 水根 土生 阿妹 亚男 招娣 美玲 淑芬 慧敏
  培根 学友 德华 润发 家辉 朝伟 永康 广平 长江 泽民 东升 南 北辰 一凡 一鸣 三多 九龄 万里 千寻 佳 倩 颖 莹 雪 琳 晨 昊 鑫 凯 飞 鹏 斌 波 辉 峰 旭 宁 楠 璐 瑶`);
export const ENGLISH =
  list(`James_Carter Emily_Watson Ahmed_Hassan Maria_Gonzalez Kevin_Zhang Linda_Chen Ivan_Petrov Sarah_Connor Tom_Baker Olga_Smirnova
  David_Kim Fatima_Ali Peter_Nguyen Grace_Liu Hans_Müller Daniel_Okafor Jenny_Wong Michael_O'Brien Anna_Kowalska Raj_Patel`);

export const CITIES =
  list(`广州市 深圳市 杭州市 宁波市 义乌市 温州市 苏州市 无锡市 南京市 成都市 重庆市 武汉市 长沙市 郑州市 西安市 济南市 青岛市 沈阳市 大连市
  哈尔滨市 长春市 石家庄市 太原市 合肥市 南昌市 福州市 厦门市 泉州市 昆明市 贵阳市 南宁市 海口市 兰州市 西宁市 银川市 乌鲁木齐市 佛山市 东莞市 中山市 惠州市 临沂市 洛阳市`);
export const PROVINCE: Readonly<Record<string, string>> = {
  广州市: '广东省',
  杭州市: '浙江省',
  苏州市: '江苏省',
  成都市: '四川省',
  武汉市: '湖北省',
  泉州市: '福建省',
  临沂市: '山东省',
};
export const DISTRICTS =
  list(`白云区 番禺区 龙岗区 宝安区 余杭区 萧山区 海曙区 吴中区 江宁区 武侯区 渝北区 洪山区 岳麓区 金水区 雁塔区 历下区 城阳区 铁西区
  甘井子区 道里区 桥西区 小店区 蜀山区 青山湖区 晋安区 集美区 晋江市 官渡区 南明区 江南区 瑞安市 永康市 昌北县 长乐区 花都区 兰山区`);
export const STREETS =
  list(`解放路 人民中路 中山北路 建设大道 科技园路 新港西路 金沙江路 黄河大街 北环二路 学府街 文一西路 振兴东街 滨江大道 机场路 迎宾大道 工业三路
  富强巷 槐树胡同 石榴弄 鼓楼大街 和平里 兴隆大道 江南大道 稠州北路 福田路 丹霞街 荔湾路 凤凰大道 创业一路 长虹街 望京街 凯旋路 朝晖路 湖滨路 梧桐街 育才路`);
export const ESTATES =
  list(`阳光花园 锦绣家园 万科城 碧桂园 翡翠湾 东方名城 金色时代 龙湖天街 水岸新都 保利香槟 幸福里小区 梧桐小区 星河湾 中海国际 怡景苑 绿地新里 恒大绿洲
  紫金山庄 和谐家园 明珠公寓 丽景豪庭 书香门第 西溪里 康桥半岛 御龙府 翠竹苑 长安小区 光明新村 桃源居 江畔雅居`);
export const VILLAGES = list(
  `大塘村 上社村 石牌村 后李村 张家庄 王家坝 东庄屯 沙河村 新华村 柳树沟 小河口村 南岭村 下沙村 黄泥岗 五里铺 赵家湾 双桥村 前进屯 红星村 高桥村`,
);
export const PARKS = list(
  `城北工业园 高新产业园 联东U谷 普洛斯物流园 传化公路港 兴业科技园 宏达工业区 创智物流园 顺通仓储中心 天安数码城 东部电商园 滨海工业园 南山智造园 金桥出口加工区`,
);
export const MARKETS = list(
  `国际商贸城 白马服装市场 十三行新中国大厦 沙河批发市场 华强北电子市场 五金机电城 红星建材市场 万邦农贸市场 轻纺城 四季青服装城 小商品市场 江南果蔬市场 中关村电子城 南三条市场`,
);

export const GOODS = list(
  `女装 手机壳 五金件 瓷砖 茶叶 猪肉脯 打印机 童鞋 玻璃杯 太阳能板 轮胎 红木家具 面膜 大闸蟹 苹果 配电箱 电动车 锂电池 布料 图书 白酒 花盆 马桶 音响 王老吉 老干妈 张飞牛肉 周黑鸭 李宁球鞋`,
);
export const COMPANIES = list(
  `华为 顺丰 京东 德邦 万达 小米 格力 美的 海尔 比亚迪 宏远贸易 金诚纺织 顺发物流 鑫达五金 康师傅 李锦记 方太 王府井百货 周大福 马应龙`,
);
export const OUTLETS = list(
  `白云网点 萧山分拨中心 义乌北站 城南营业部 石桥营业点 高桥网点 江宁中转场 马驹桥集散中心 方庄服务点 龙岗转运中心 常平分部 田心网点`,
);
export const PLAIN_CITIES = list(
  `广州 深圳 杭州 义乌 成都 武汉 西安 郑州 沈阳 大连 昆明 乌鲁木齐 温州 临沂 洛阳 马鞍山 张家口 高雄 江门 常州`,
);
