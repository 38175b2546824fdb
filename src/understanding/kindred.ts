/**
 * Everyday words and words of service desks that mean much the same, a kind a line, named by its first word. From them
 * the recogniser knows that 下雨 is near to 气温 though no example has both: with few examples that decides. A word may
 * stand in several kinds. Written by hand; nothing here is about one company.
 */
const KINDS: readonly (readonly string[])[] = `
今天 今日 今儿 今晚 今早 本日
明天 明日 明早 明晚 后天 翌日
昨天 昨日 昨晚 前天
上午 早上 早晨 清晨 凌晨 今早 明早
下午 傍晚 晚上 夜里 今晚 明晚 中午 半夜
星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 礼拜 周末
一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
几点 时间 钟点 什么时候 时刻 何时
日期 几号 哪天 哪一天 日子
小时 分钟 秒钟 半小时 钟头
闹钟 闹铃 叫醒 唤醒 起床 叫我起
提醒 通知我 备忘 别忘 记得 提示
日历 日程 行程 议程 安排
会议 开会 约会 会面 活动 聚会 派对 预约
生日 纪念日 婚礼 节日
天气 气温 下雨 下雪 刮风 晴天 阴天 温度 雨伞 气象 湿度 多云 台风 预报 暴雨 冷 热 外套
歌 歌曲 音乐 曲子 唱 专辑 乐队 歌手 播放列表 歌单 曲目 摇滚 爵士 流行 民谣 古典
播放 放 听 来一首 继续播 播
暂停 停止 停下 停播 关掉 停
音量 声音 大声 小声 静音 调大 调小 响 安静
电台 广播 收音机 频道 调频
有声书 有声读物 有声 听书 小说 章节 书
播客 博客 节目 一集 剧集
电影 影片 电视 电视剧 剧 影院 院线
游戏 玩 下棋 对战 一局
新闻 头条 报道 时事 资讯 消息 要闻 快讯
体育 足球 篮球 比赛 球队 奥运
政治 总统 选举 国家 政府 战争
股票 股价 股市 证券 指数 上涨 下跌
汇率 换算 兑换 美元 欧元 日元 英镑 人民币 货币
灯 灯光 电灯 照明 台灯 亮度 调暗 调亮 亮 暗
颜色 红色 蓝色 绿色 黄色 紫色 粉色 白色
打开 开启 启动 开 接通
关闭 关掉 关上 关 熄灭 断开
插座 插头 开关 电源
吸尘器 扫地 清洁 打扫 扫地机 机器人吸尘器 扫除 地板
咖啡 咖啡机 拿铁 卡布奇诺 浓缩
邮件 电子邮件 邮箱 收件箱 来信 信件 写信
发送 发给 寄给 回复 答复 转发 发一封 写给
联系人 通讯录 电话号码 手机号 电邮地址 通信录
推特 微博 脸书 朋友圈 社交 发推 推文 帖子 微信 发布 动态
投诉 抱怨 差评 不满 举报
火车 高铁 列车 动车 车票 火车票 机票 船票 票 订票
出租车 打车 优步 滴滴 网约车 的士 叫车
公交 巴士 地铁 班车 公共汽车
交通 路况 堵车 拥堵 塞车
路线 怎么走 导航 方向 怎么去 地图 去往
外卖 快餐 订餐 点餐 叫餐 外带 送餐
餐厅 饭店 餐馆 酒楼 酒吧 小吃 披萨 汉堡 寿司 中餐
菜谱 食谱 做法 烹饪 怎么做 煮 烤 炒 炖 蒸 食材 配料 做菜 下厨
早餐 午餐 晚餐 早饭 午饭 晚饭 宵夜 吃
购物 购物清单 清单 列表 待办 名单 表单
添加 加入 增加 加上 新增 创建 新建 建立 设置 设定 设
删除 移除 去掉 清除 取消 删 擦除 清空 拿掉
更改 修改 更新 改成 变更 改 调整 更换 换成
查看 查询 检查 看看 看一下 查一下 查 核对
告诉我 说说 讲讲 介绍 说一下 解释 描述
推荐 建议 有什么好 哪家 最好的 附近 热门
定义 意思 含义 什么意思 词义 解释
多高 多大 多长 多远 多重 面积 人口 身高 海拔
计算 加 减 乘 除 等于 平方 总和 算一下 百分之 除以 乘以
谁是 是谁 哪位 出生 演员 明星 总理 名人 妻子 作者
哪里 在哪 位于 位置 地方 地点 首都
笑话 搞笑 幽默 逗 段子 好笑 有趣
你好 早安 嗨 您好 问好 哈喽
谢谢 感谢 多谢 辛苦
喜欢 喜爱 最爱 爱 收藏 好听 偏好 评价
讨厌 不喜欢 难听 厌恶
随机 随机播放 打乱 随便 循环 重复
下一首 下一个 跳过 上一首 切换
时区 时差 当地时间 格林尼治 标准时间
家 客厅 卧室 厨房 浴室 房间 厕所 车库 走廊 书房
妈妈 爸爸 父亲 母亲 妹妹 哥哥 姐姐 弟弟 妻子 老公 老婆 朋友 同事 老板 奶奶 爷爷
买 购买 下单 订购 订 预订 预定
卖 出售 售卖
价格 多少钱 价钱 费用 花费 报价 收费
付款 支付 转账 汇款 打款 付钱
退款 退钱 退还 返还 返款
赔 赔偿 理赔 赔付 补偿 索赔
坏 损坏 破损 破 碎 裂 烂
丢 丢失 遗失 不见 找不到 少了 失踪
地址 住址 门牌
快 赶快 加急 着急 催 尽快 马上 立刻
慢 晚点 延误 迟到 推迟 延后 耽误
送 派送 配送 送货 投递 派件 上门
取 提货 自提 取货 取件 领取
发货 寄 寄件 托运 发运 邮寄
到 到达 到了 抵达 送到 送达
签收 收到 收货 妥投 代签
包裹 快递 货 货物 物流 运单 订单 单号
司机 师傅 送货员 快递员 派件员 骑手
客服 人工 坐席 专员 接线员 服务员
发票 开票 专票 普票 收据 票据 抬头
账户 账号 卡号 银行卡 收款
余额 存款 到账 进账
密码 登录 验证码 注册 注销
网点 营业厅 门店 分店 站点 分公司
营业 上班 开门 下班 关门 打烊 营业时间
放假 休息 假期 节假日 春节 国庆
医院 医生 看病 挂号 体检 药 感冒
学校 老师 作业 考试 学习 孩子
手机 电脑 平板 设备 软件 应用
网络 无线 信号 上网
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

const kindsOf = new Map<string, string[]>();
for (const kind of KINDS) {
  for (const word of kind) {
    const known = kindsOf.get(word);
    if (known === undefined) kindsOf.set(word, [kind[0]!]);
    else known.push(kind[0]!);
  }
}
/** By its first letter, how long the longest word is that begins with it. */
const longestFrom = new Map<string, number>();
for (const [word] of kindsOf) longestFrom.set(word[0]!, Math.max(longestFrom.get(word[0]!) ?? 0, word.length));

/** The kinds of the words in a text; of words that begin alike the longest counts, and no character twice. */
export function kindsIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    for (let length = longestFrom.get(text[at]!) ?? 0; length > 0; length--) {
      const kinds = kindsOf.get(text.slice(at, at + length));
      if (kinds === undefined) continue;
      for (const kind of kinds) found.add(kind);
      at += length - 1;
      break;
    }
  }
  return found;
}
