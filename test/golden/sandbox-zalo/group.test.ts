import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ZaloGroup, ZaloPerson } from '#dev/sandbox/zalo/index.ts';
import { startStand } from './harness.ts';
import type { Answer, Stand } from './harness.ts';

describe('groups of the Zalo sandbox', () => {
  let stand: Stand;
  let lan: ZaloPerson;
  let group: ZaloGroup;
  beforeEach(async () => {
    stand = await startStand();
    lan = stand.zalo.createPerson('Lan');
    group = stand.zalo.createGroup('Khu phố 1', [lan]);
  });
  afterEach(async () => stand.stop());

  const send = async (message: unknown, groupId: string = group.groupId): Promise<Answer> =>
    stand.post('/v3.0/oa/group/message', { recipient: { group_id: groupId }, message });

  it('takes text without any window and records who was tagged', async () => {
    const answer = await send({ text: `Chào [@${lan.userId}] và [@${group.groupId}]` });
    expect(answer).toMatchObject({ status: 200, error: 0, data: { group_id: group.groupId } });
    const [message] = stand.zalo.messagesIn(group);
    expect(message?.mentions).toEqual([lan.userId, group.groupId]);
    expect(message?.messageId).toBe(answer.data['message_id']);
    expect((await send({ text: 'x'.repeat(2_001) })).error).toBe(-210);
  });

  it('refuses buttons with -201', async () => {
    const button = { title: 'x', type: 'oa.query.show', payload: '#x' };
    const attachment = { type: 'template', payload: { buttons: [button] } };
    expect((await send({ text: 'Chọn', attachment })).error).toBe(-201);
    expect(stand.zalo.messagesIn(group)).toEqual([]);
  });

  it('gives -403 outside the group and -237 in a disabled one', async () => {
    expect((await send({ text: 'x' }, 'f414c8f7ffffffffffff')).error).toBe(-403);
    stand.zalo.disableGroup(group);
    expect((await send({ text: 'x' })).error).toBe(-237);
    stand.zalo.enableGroup(group);
    stand.zalo.removeOa(group);
    expect((await send({ text: 'x' })).error).toBe(-403);
  });

  it('hears every member, with the group as recipient, until it is taken out; a post opens no private window', async () => {
    const messageId = stand.zalo.sayInGroup(lan, group, 'Đường số 13 ngập');
    stand.zalo.sendImage(lan, { in: group, text: 'ảnh' });
    const [text, image] = stand.zalo.events().map(({ event }) => event.body);
    expect(text).toMatchObject({
      event_name: 'user_send_group_text',
      oa_id: stand.zalo.settings.oaId,
      sender: { id: lan.userId },
      recipient: { id: group.groupId },
      message: { text: 'Đường số 13 ngập', msg_id: messageId },
    });
    expect(image).toMatchObject({
      event_name: 'user_send_group_image',
      message: { attachments: [{ type: 'image' }] },
    });
    const cs = await stand.post('/v3.0/oa/message/cs', {
      recipient: { user_id: lan.userId },
      message: { text: 'x' },
    });
    expect(cs.error).toBe(-213);
    stand.zalo.removeOa(group);
    stand.zalo.sayInGroup(lan, group, 'còn đó không');
    expect(stand.zalo.events()).toHaveLength(2);
  });

  it('tells of members who come and go, and refuses words of those outside', () => {
    const hoa = stand.zalo.createPerson('Hoa');
    expect(() => stand.zalo.sayInGroup(hoa, group, 'x')).toThrow();
    stand.zalo.joinGroup(hoa, group);
    stand.zalo.leaveGroup(hoa, group);
    expect(stand.zalo.events().map(({ event }) => event.name)).toEqual(['user_join_group', 'user_out_group']);
  });

  it('lists groups, detail, members and assets, and makes a group out of a free asset', async () => {
    const asset = stand.zalo.addGroupAsset('gmf50');
    const quota = await stand.post('/v3.0/oa/quota/group', { quota_owner: 'OA', product_type: 'gmf50' });
    expect(quota.body['data']).toMatchObject([{ asset_id: asset.assetId, status: 'available' }]);
    const body = { group_name: 'Khu phố 2', asset_id: asset.assetId, member_user_ids: [lan.userId] };
    expect((await stand.post('/v3.0/oa/group/creategroupwithoa', body)).error).toBe(-213);
    stand.zalo.follow(lan);
    const made = await stand.post('/v3.0/oa/group/creategroupwithoa', body);
    expect(made.error).toBe(0);
    const list = await stand.get('/v3.0/oa/group/getgroupsofoa?offset=1&count=5');
    expect(list.data).toMatchObject({
      offset: 1,
      count: 1,
      total: 2,
      groups: [{ name: 'Khu phố 2', status: 'enabled' }],
    });
    const query = `group_id=${String(made.data['group_id'])}`;
    const detail = await stand.get(`/v3.0/oa/group/getgroup?${query}`);
    expect(detail.data).toMatchObject({
      group_info: { max_member: 50 },
      asset_info: { asset_id: asset.assetId },
    });
    const members = await stand.get(`/v3.0/oa/group/listmember?${query}&offset=0&count=5`);
    expect(members.data['members']).toMatchObject([
      { oa_id: stand.zalo.settings.oaId },
      { user_id: lan.userId },
    ]);
  });
});
