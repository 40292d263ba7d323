/** The Bot API's objects, as far as the sandbox speaks them. Names are the platform's. */

export interface WireUser {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string | undefined;
  readonly language_code?: string | undefined;
}

export interface WireChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly title?: string | undefined;
  readonly first_name?: string | undefined;
  readonly username?: string | undefined;
  readonly is_forum?: true | undefined;
}

export interface WireEntity {
  readonly type: string;
  /** UTF-16 code units. */
  readonly offset: number;
  readonly length: number;
  readonly url?: string | undefined;
  readonly language?: string | undefined;
  readonly custom_emoji_id?: string | undefined;
}

export interface WireFile {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_size: number;
  readonly file_name?: string | undefined;
  readonly mime_type?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly duration?: number | undefined;
}

export interface WireButton {
  readonly text: string;
  readonly callback_data?: string | undefined;
  readonly url?: string | undefined;
}

export interface WireInlineKeyboard {
  readonly inline_keyboard: readonly (readonly WireButton[])[];
}

export interface WireMessage {
  readonly message_id: number;
  /** Epoch seconds. */
  readonly date: number;
  readonly chat: WireChat;
  readonly from: WireUser;
  readonly edit_date?: number | undefined;
  readonly message_thread_id?: number | undefined;
  readonly is_topic_message?: true | undefined;
  readonly reply_to_message?: WireMessage | undefined;
  readonly media_group_id?: string | undefined;
  readonly forward_origin?:
    { readonly type: 'user'; readonly sender_user: WireUser; readonly date: number } | undefined;
  readonly text?: string | undefined;
  readonly entities?: readonly WireEntity[] | undefined;
  readonly caption?: string | undefined;
  readonly caption_entities?: readonly WireEntity[] | undefined;
  readonly photo?: readonly WireFile[] | undefined;
  readonly document?: WireFile | undefined;
  readonly video?: WireFile | undefined;
  readonly voice?: WireFile | undefined;
  readonly sticker?: Readonly<Record<string, unknown>> | undefined;
  readonly location?: { readonly latitude: number; readonly longitude: number } | undefined;
  readonly contact?:
    | { readonly phone_number: string; readonly first_name: string; readonly user_id?: number | undefined }
    | undefined;
  readonly reply_markup?: WireInlineKeyboard | undefined;
  readonly new_chat_members?: readonly WireUser[] | undefined;
  readonly left_chat_member?: WireUser | undefined;
  readonly migrate_to_chat_id?: number | undefined;
  readonly migrate_from_chat_id?: number | undefined;
  readonly forum_topic_created?: { readonly name: string; readonly icon_color: number } | undefined;
}

/** What a message holds besides who, where and when. */
export type MessageContent = Omit<
  Partial<WireMessage>,
  'message_id' | 'date' | 'chat' | 'from' | 'edit_date'
>;

export type UpdateKind = 'message' | 'edited_message' | 'callback_query' | 'my_chat_member';
