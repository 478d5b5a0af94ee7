import { describe, expect, it } from 'vitest';
import { readReminderDays } from './reminder-days';

describe('readReminderDays', () => {
  it('reads days as people write them in both languages', () => {
    expect(readReminderDays('3, 10', 30)).toEqual([3, 10]);
    expect(readReminderDays('３、１０', 30)).toEqual([3, 10]);
    expect(readReminderDays('', 30)).toEqual([]);
  });
  it('takes only ascending days while the survey is open', () => {
    expect(readReminderDays('10, 3', 30)).toBeNull();
    expect(readReminderDays('3, 3', 30)).toBeNull();
    expect(readReminderDays('0', 30)).toBeNull();
    expect(readReminderDays('30', 30)).toBeNull();
    expect(readReminderDays('1,2,3,4,5,6', 30)).toBeNull();
    expect(readReminderDays('three', 30)).toBeNull();
  });
});
