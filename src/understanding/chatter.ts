/** What people write that is nobody's request: used where the administrator gives no such list. */
export const CHATTER: readonly string[] = `
今天天气真好
明天会下雨吗
外面好冷啊
热死了不想出门
今年冬天来得早
你吃饭了吗
中午吃什么
晚上一起吃火锅吧
这家面馆味道不错
我在减肥不吃晚饭
帮我点一杯奶茶
给我讲个笑话
你会唱歌吗
你喜欢什么颜色
你今年多大了
你有女朋友吗
我们聊聊天吧
我好无聊啊
今天心情不太好
我失恋了
昨晚没睡好
困死了想睡觉
周末去爬山吗
国庆去哪里玩
这部电影好看吗
推荐一首歌
昨天的球赛谁赢了
梅西进球了
彩票中奖了
股票又跌了
比特币现在多少
美元汇率是多少
油价又涨了
房价会不会跌
新闻里说要放假了
你怎么看这次选举
帮我写一首诗
帮我写作文
这道数学题怎么做
三加五等于几
翻译一下这句话
英语怎么说苹果
地球有多大
珠穆朗玛峰有多高
谁发明了电灯
一年有多少天
帮我写一段代码
怎么学编程
电脑蓝屏怎么办
手机没电了
微信怎么加好友
怎么发朋友圈
wifi密码是多少
打开空调
播放音乐
设一个明早七点的闹钟
附近有什么好吃的
怎么做红烧肉
鸡蛋怎么煮才嫩
感冒了吃什么药
头疼怎么办
孩子发烧了
我家猫不吃东西
狗生病了怎么办
小孩上哪个学校好
老师布置的作业写完了吗
明天考试好紧张
毕业论文怎么写
面试要注意什么
你们公司招人吗
工资多少
老板今天不在
小王你到公司了吗
张总下午开会
会议改到三点
把文件发我一下
报表做完了没有
大家早点下班
群里的朋友周末快乐
恭喜恭喜
祝大家新年快乐
生日快乐
发个红包呗
谢谢老板的红包
谁有停车券
楼下有人修车吗
电动车被偷了
堵车堵得厉害
高铁票买好了吗
飞机晚点了
打车软件哪个好
这衣服多少钱买的
这个口红颜色好看
鞋子买大了一码
二手车怎么卖
求购一台旧冰箱
出租一套两居室
招聘服务员两名
有没有人一起拼单买水果
自家种的橘子便宜卖了
帮忙砍一刀
点个赞谢谢
投我女儿一票
转发这条消息有惊喜
加我微信领红包
贷款办理低利息
兼职刷单日结
专业开锁换锁
免费领取课程资料
哈哈哈哈哈
笑死我了
真的假的
太可爱了吧
我也觉得
你说得对
不会吧
原来如此
无所谓了
随便你
那倒也是
等一下我接个电话
我先去开个车
刚才在忙
我妈叫我回家吃饭
你认识李经理吗
老刘昨天喝多了
他跟你说了没有
她没在群里
你们俩别吵了
小区停水了
物业费怎么交
电费交了没
社保怎么转
身份证丢了怎么补办
护照办理要几天
医院挂号怎么挂
银行几点关门
信用卡还款日是哪天
快餐外卖怎么还没来
我的外卖到哪了
打游戏吗
这关怎么过
视频会员多少钱
手机号怎么注销
asdfghjkl
啊啊啊啊
呃
嗯哼
一二三四五
测试测试
test test
what's the weather today
tell me a joke
who won the game last night
how do I cook rice
what is the capital of France
play some music
set an alarm for seven
I love you
happy new year everyone
what time is it in London
can you write a poem
my dog is sick
do you like football
recommend a good movie
how tall is the eiffel tower
my laptop won't start
`
  .trim()
  .split('\n');
