export type { Calendar } from '../core/calendar.ts';
