const MINUTE = 60_000;

/**
 * How long until the promised time, in steps that grow with the distance, so that a card is edited now and then and
 * not every minute: 5 minutes within the last half hour, half hours up to two hours, then hours, then days.
 */
export function countdown(promisedAt: string, now: Date): string {
  const left = Date.parse(promisedAt) - now.getTime();
  return left >= 0 ? `还剩${span(left, Math.ceil)}` : `已超时${span(-left, Math.floor)}`;
}

function span(ms: number, round: (n: number) => number): string {
  const minutes = ms / MINUTE;
  const whole = (step: number): number => round(minutes / step) * step;
  if (minutes <= 30) {
    const shown = whole(5);
    return shown === 0 ? '不到 5 分钟' : ` ${shown} 分钟`;
  }
  const hours = whole(minutes <= 120 ? 30 : 60) / 60;
  return hours < 48 ? ` ${hours} 小时` : ` ${round(hours / 24)} 天`;
}
