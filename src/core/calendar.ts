/** Chinese workdays. Dates are `YYYY-MM-DD` in the time zone of the process. */
export interface Calendar {
  /** A make-up Saturday is a workday, a public holiday is not. */
  isWorkday(date: string): boolean;
  /** Name of the public holiday (国庆节), or null on an ordinary weekday or weekend. */
  holidayName(date: string): string | null;
  /** Whether the year's holidays are known. */
  knows(year: number): boolean;
}
