import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '#dev/world/world.ts';
import { PLATFORMS, type Platform } from '#src/domain/inbound.ts';
import { openWindow, type Window } from '#test/support/browser.ts';
import { freshDatabaseUri, services } from '#test/support/services.ts';

const WIDE = { width: 1280, height: 800 };
const WAIT = { timeout: 20_000 };
const NARROW = { width: 390, height: 780 };

let world: World;
let window: Window;
beforeAll(async () => {
  world = await startWorld({ mongodbUri: freshDatabaseUri(), redisUrl: services().redisUrl });
  window = await openWindow(WIDE);
  window.page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await window.close();
  await world.stop();
});

/** The bot's newest message that holds the words, once it is there. */
async function heard(page: Page, words: string): Promise<Locator> {
  const message = page.locator('li.theirs', { hasText: words }).last();
  await message.waitFor();
  return message;
}

async function write(page: Page, words: string): Promise<void> {
  await page.getByPlaceholder('Nhắn tin…').fill(words);
  await page.keyboard.press('Enter');
}

/** A new person, who opens the private chat of the platform. */
async function arrive(page: Page, name: string, platform: Platform): Promise<void> {
  await page.getByRole('button', { name: 'Người mới' }).click();
  await page.getByLabel('Tên').fill(name);
  await page.getByRole('button', { name: 'Được' }).click();
  await page.getByText(`Tôi là ${name}`).waitFor();
  await page.locator(`[data-chat^="${platform} "]`).first().click();
  if (platform === 'telegram') await page.getByRole('button', { name: 'Bắt đầu' }).click();
}

const isWider = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describe.each(PLATFORMS)('a resident on %s, through the page', (platform) => {
  it('reports with a photo and words, taps to send, and gets the code', async () => {
    const { page } = window;
    await page.setViewportSize(WIDE);
    await page.goto(world.sandbox.rootUrl);
    await arrive(page, `Bà Tư ${platform}`, platform);

    await page.getByRole('button', { name: 'Gửi thứ khác' }).click();
    await page.getByRole('button', { name: 'Ảnh mẫu' }).click();
    await heard(page, 'Phường thấy ảnh rồi');
    await write(page, 'Đèn đường hỏng rồi');
    await heard(page, 'Bước 1/2');
    await write(page, 'Tổ 5 Khu 3');
    await heard(page, 'Bước 2/2');
    await write(page, '0');
    const summary = await heard(page, 'xem lại giúp');
    await summary.getByRole('button', { name: 'Đồng ý và gửi' }).click();
    const received = await heard(page, 'Phường đã nhận');
    const code = /Mã (\d+-\d{4})/u.exec(await received.innerText())?.[1] ?? 'no code';

    const mine = page.locator('li.mine img.photo');
    await expect
      .poll(() => mine.evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth), WAIT)
      .toBeGreaterThan(100);
    const person = world.sandbox.people.all().find(({ name }) => name === `Bà Tư ${platform}`);
    const chat = {
      platform,
      chatId:
        platform === 'telegram'
          ? String(world.sandbox.telegram.userId(person ?? { id: '', name: '', number: 0 }))
          : world.sandbox.zalo.person(person?.id ?? '').userId,
    };
    expect(await world.runtime.core.store.cases.ofResident(chat, 5)).toMatchObject([{ code }]);
    expect(window.troubles).toEqual([]);
  });
});

describe('the page', () => {
  it('counts for each person what they have not seen, and forgets it once they look', async () => {
    const { page } = window;
    await page.setViewportSize(WIDE);
    await page.goto(world.sandbox.rootUrl);
    const looker = world.someone('telegram', 'Ông Xem');
    const other = world.someone('telegram', 'Bà Khác');
    looker.open();
    await looker.hear('Kính chào');
    await page.locator('[data-person="Ông Xem"]').click();
    other.open();
    await other.hear('Kính chào');
    const row = page.locator('li', { has: page.locator('[data-person="Bà Khác"]') });
    await row.locator('.badge').waitFor();
    await page.locator('[data-person="Bà Khác"]').click();
    await page.locator('[data-chat^="telegram "]').first().click();
    await heard(page, 'Kính chào');
    await page.locator('[data-person="Ông Xem"]').click();
    await expect.poll(() => row.locator('.badge').count(), WAIT).toBe(0);
  });

  it('makes a group, adds the bot, makes it a supergroup and has the bot kicked', async () => {
    const { page } = window;
    await page.setViewportSize(WIDE);
    await page.goto(world.sandbox.rootUrl);
    await page.getByRole('button', { name: 'Nhóm mới' }).click();
    await page.getByLabel('Tên').fill('Bà con Khu 9');
    await page.getByLabel('Loại nhóm Telegram').selectOption('group');
    await page.getByRole('button', { name: 'Được' }).click();
    const act = async (label: string): Promise<void> => {
      await page.getByLabel('Việc khác').click();
      await page.getByRole('button', { name: label }).click();
    };
    const about = page.locator('main header');
    await about.getByText('không có bot').waitFor();
    await act('Thêm bot vào nhóm');
    await about.getByText('có bot', { exact: false }).waitFor();
    await act('Nâng lên siêu nhóm');
    await page.getByText('Nhóm đã thành siêu nhóm').waitFor();
    await act('Đưa bot ra khỏi nhóm');
    await about.getByText('không có bot').waitFor();
    const bots = world.sandbox.telegram.chats().filter(({ title }) => title === 'Bà con Khu 9');
    expect(bots.map(({ type, bot }) => [type, bot])).toEqual([
      ['group', 'left'],
      ['supergroup', 'kicked'],
    ]);
    expect(window.troubles).toEqual([]);
  });

  it('on a narrow screen shows one thing at a time and nothing wider than the screen', async () => {
    const { page } = window;
    await page.setViewportSize(NARROW);
    await page.goto(world.sandbox.rootUrl);
    await page.locator('[data-chat^="zalo "]').first().click();
    await page.getByPlaceholder('Nhắn tin…').waitFor();
    expect(await page.locator('#side').isVisible()).toBe(false);
    expect(await isWider(page)).toBe(false);
    await page.getByRole('button', { name: 'Quay lại' }).click();
    await page.locator('#side').waitFor();
    expect(await isWider(page)).toBe(false);
  });

  it("arms a fault that strikes the next call, and shows it in the platform's own record", async () => {
    const { page } = window;
    await page.setViewportSize(WIDE);
    await page.goto(world.sandbox.rootUrl);
    await page.getByRole('button', { name: 'Sự cố và sổ ghi' }).click();
    await page.locator('select[name=kind]').selectOption('rate-limit');
    await page.locator('input[name=amount]').fill('1');
    await page.locator('input[name=method]').fill('sendMessage');
    await page.getByRole('button', { name: 'Hẹn sự cố' }).click();
    await page.locator('.faults li', { hasText: 'sendMessage' }).waitFor();
    const resident = world.someone('telegram', 'Ông Bảy');
    resident.open();
    await resident.hear('Kính chào');
    await page.getByText('Không hẹn sự cố nào.').waitFor();
    const struck = page.locator('tr', { hasText: 'sendMessage' }).locator('td').last();
    await expect.poll(() => struck.innerText(), WAIT).toBe('1');
  });
});
