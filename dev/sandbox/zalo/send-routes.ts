import { invalidField, refuse, succeed } from './errors.ts';
import type { ZaloResult } from './errors.ts';
import { echoEvent, receiptEvent } from './events.ts';
import type { ApiCall, ApiOutcome, ApiRoute } from './gate.ts';
import { asFields, asText } from './json.ts';
import { mentionsIn, parseMessage } from './message.ts';
import type { ParsedMessage, ZaloAttachment } from './message.ts';
import type { ZaloPerson } from './person-store.ts';
import type { QuotaReport } from './quota.ts';
import type { ZaloMessage } from './transcript.ts';
import type { Upload } from './upload-store.ts';
import { consultationWindow, FREE_WINDOW_MS } from './window.ts';
import { eventBase } from './world.ts';
import type { ZaloWorld } from './world.ts';

/** The upload a message refers to, if any: -201 unknown, -100 expired. Stickers are the platform's, not uploads. */
function findUpload(
  world: ZaloWorld,
  attachment: ZaloAttachment,
  nowMs: number,
): ZaloResult<Upload | undefined> {
  if (attachment.kind === 'file') return world.uploads.use(attachment.token, ['file'], nowMs);
  if (
    attachment.kind !== 'media' ||
    attachment.mediaType === 'sticker' ||
    !('attachmentId' in attachment.source)
  ) {
    return succeed(undefined);
  }
  return world.uploads.use(attachment.source.attachmentId, [attachment.mediaType], nowMs);
}

/** A quoted message must be one of the same chat. */
function checkQuote(
  world: ZaloWorld,
  chatId: string,
  quoteMessageId: string | undefined,
): ZaloResult<'fine'> {
  const isFine = quoteMessageId === undefined || world.transcript.find(quoteMessageId)?.chatId === chatId;
  return isFine ? succeed('fine') : invalidField('quote_message_id');
}

/** Whether this person may be written to now: -201 unknown, -217/-244 blocked, -213 never, -230 after 7 days. */
function checkRecipient(world: ZaloWorld, userId: unknown, nowMs: number): ZaloResult<ZaloPerson> {
  const person = typeof userId === 'string' ? world.people.find(userId) : undefined;
  if (person === undefined) return invalidField('user_id');
  if (person.blockedAs !== undefined) return refuse(person.blockedAs);
  switch (consultationWindow(person.lastInteractionMs, nowMs)) {
    case 'never':
      return refuse(-213);
    case 'closed':
      return refuse(-230);
    case 'free':
    case 'billed':
      return succeed(person);
  }
}

function takeQuota(world: ZaloWorld, person: ZaloPerson, nowMs: number): ZaloResult<QuotaReport> {
  const isFree = consultationWindow(person.lastInteractionMs, nowMs) === 'free';
  if (!isFree) return world.quota.takeBilled(nowMs);
  const windowEndsAtMs = (person.lastInteractionMs ?? nowMs) + FREE_WINDOW_MS;
  const quota = world.quota.takeReply(person.repliesInWindow, windowEndsAtMs, nowMs);
  if (quota.ok) person.repliesInWindow++;
  return quota;
}

function store(
  world: ZaloWorld,
  chatId: string,
  message: ParsedMessage,
  upload: Upload | undefined,
  isGroup: boolean,
): ZaloMessage {
  const { attachment } = message;
  return world.transcript.add({
    messageId: world.ids.messageId(),
    chatId,
    from: 'oa',
    senderId: world.settings.oaId,
    atMs: world.core.clock.nowMs(),
    text: message.text,
    kind: attachment.kind,
    attachment,
    said: undefined,
    buttons: attachment.kind === 'buttons' ? attachment.buttons : [],
    upload,
    mentions: isGroup ? mentionsIn(message.text) : [],
    quoteMessageId: message.quoteMessageId,
  });
}

function echoKind(attachment: ZaloAttachment): 'text' | 'image' | 'gif' | 'sticker' | 'file' | 'template' {
  switch (attachment.kind) {
    case 'none':
    case 'buttons':
      return 'text';
    case 'media':
      return attachment.mediaType;
    case 'file':
      return 'file';
    case 'request_user_info':
      return 'template';
  }
}

const refused = (result: ZaloResult<unknown>, text?: string): ApiOutcome => ({ result, text });

/** `POST /v3.0/oa/message/cs`: a consultation message to one person. */
export const sendConsultation: ApiRoute = (world: ZaloWorld, { fields, nowMs }: ApiCall) => {
  const message = parseMessage(fields['message'], world.settings.maxButtonTitleLength);
  if (!message.ok) return refused(message);
  const { text, attachment, quoteMessageId } = message.value;
  const person = checkRecipient(world, asFields(fields['recipient'])?.['user_id'], nowMs);
  if (!person.ok) return refused(person, text);
  const { userId } = person.value;
  const upload = findUpload(world, attachment, nowMs);
  if (!upload.ok) return refused(upload, text);
  const quote = checkQuote(world, userId, quoteMessageId);
  if (!quote.ok) return refused(quote, text);
  const quota = takeQuota(world, person.value, nowMs);
  if (!quota.ok) return refused(quota, text);
  const { messageId } = store(world, userId, message.value, upload.value, false);
  const base = eventBase(world);
  if (world.settings.echoes) {
    world.webhooks.emit(
      echoEvent(base, { person: person.value }, messageId, { kind: echoKind(attachment), text }),
    );
  }
  if (world.settings.receipts) {
    world.webhooks.emit(receiptEvent(base, person.value, 'user_received_message', [messageId]));
  }
  return { result: succeed({ message_id: messageId, user_id: userId, quota: quota.value }), messageId, text };
};

/** `POST /v3.0/oa/message/template`: an approved template to one person, whatever the window; its values are what is shown. */
export const sendTemplate: ApiRoute = (world: ZaloWorld, { fields, nowMs }: ApiCall) => {
  const userId = asText(fields['user_id']);
  const person = userId === undefined ? undefined : world.people.find(userId);
  if (person === undefined) return refused(invalidField('user_id'));
  if (person.blockedAs !== undefined) return refused(refuse(person.blockedAs));
  const templateId = asText(fields['template_id']);
  if (templateId === undefined || !world.settings.templateIds.includes(templateId))
    return refused(invalidField('template_id'));
  const values = Object.entries(asFields(fields['template_data']) ?? {});
  if (values.length === 0 || values.some(([, value]) => asText(value) === undefined))
    return refused(invalidField('template_data'));
  const text = values.map(([name, value]) => `${name}: ${String(value)}`).join('\n');
  const quota = world.quota.takeBilled(nowMs);
  if (!quota.ok) return refused(quota, text);
  const shown: ParsedMessage = { text, attachment: { kind: 'none' }, quoteMessageId: undefined };
  const { messageId } = store(world, person.userId, shown, undefined, false);
  const data = {
    message_id: messageId,
    user_id: person.userId,
    sent_time: String(nowMs),
    quota: quota.value,
  };
  return { result: succeed(data), messageId, text };
};

/** `POST /v3.0/oa/group/message`: text, picture or file to a GMF group; no windows, no quota, no buttons. */
export const sendToGroup: ApiRoute = (world: ZaloWorld, { fields, nowMs }: ApiCall) => {
  const groupId = asText(asFields(fields['recipient'])?.['group_id']);
  if (groupId === undefined) return refused(invalidField('group_id'));
  const message = parseMessage(fields['message'], world.settings.maxButtonTitleLength);
  if (!message.ok) return refused(message);
  const { text, attachment, quoteMessageId } = message.value;
  if (attachment.kind === 'buttons') return refused(invalidField('buttons'), text);
  if (attachment.kind === 'request_user_info') return refused(refuse(-233), text);
  const group = world.groups.writable(groupId);
  if (!group.ok) return refused(group, text);
  const upload = findUpload(world, attachment, nowMs);
  if (!upload.ok) return refused(upload, text);
  const quote = checkQuote(world, groupId, quoteMessageId);
  if (!quote.ok) return refused(quote, text);
  const { messageId } = store(world, groupId, message.value, upload.value, true);
  if (world.settings.echoes) {
    const echo = { kind: echoKind(attachment), text };
    world.webhooks.emit(echoEvent(eventBase(world), { groupId }, messageId, echo));
  }
  return { result: succeed({ message_id: messageId, group_id: groupId }), messageId, text };
};

const uploadRoute =
  (kind: Upload['kind']): ApiRoute =>
  (world, { files, nowMs }) => {
    const file = files.get('file');
    if (file === undefined) return refused(invalidField('file'));
    const upload = world.uploads.add(kind, file.fileName, file.data, nowMs);
    if (!upload.ok) return refused(upload);
    const { reference } = upload.value;
    return { result: succeed(kind === 'file' ? { token: reference } : { attachment_id: reference }) };
  };

/** `POST /v2.0/oa/upload/image`: jpg or png up to 1 MB → `attachment_id`. */
export const uploadImage = uploadRoute('image');
/** `POST /v2.0/oa/upload/gif`: up to 5 MB → `attachment_id`. */
export const uploadGif = uploadRoute('gif');
/** `POST /v2.0/oa/upload/file`: PDF, DOC, DOCX, CSV up to 5 MB → `token`. */
export const uploadFile = uploadRoute('file');
