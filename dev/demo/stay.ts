import type { Stage } from './stage.ts';

/** How to go on by hand: everything keeps running, and the sandbox's control API acts as any person. */
export function howToTalk({ world, cast, clock }: Stage): string {
  const root = `${world.sandbox.rootUrl}/control`;
  const { tu, nam } = cast.residents;
  const personOf = (name: string): string =>
    world.sandbox.people.all().find((person) => person.name === name)?.id ?? name;
  const json = "-H 'content-type: application/json'";
  return `
Mọi thứ vẫn chạy. Bot nghe webhook ở ${world.bot.url}; hai nền tảng giả lập ở ${world.sandbox.rootUrl}.
Giờ của phường: ${new Date(clock.nowMs() + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')}.

  # ai đang có mặt; mọi việc làm được
  curl ${root}/people
  curl ${root}

  # bà Tư nhắn trên Telegram, rồi xem bot trả lời
  curl ${json} -d '{"person":"${personOf(tu.name)}","chat":${tu.chatId},"text":"phản ánh"}' ${root}/telegram/say
  curl '${root}/telegram/messages?chat=${tu.chatId}'

  # ông Năm nhắn trên Zalo, rồi xem
  curl ${json} -d '{"person":"${personOf(nam.name)}","text":"xem việc"}' ${root}/zalo/say
  curl '${root}/zalo/messages?chatId=${nam.chatId}'

  # một ngày trôi qua; đứt đường truyền lần gửi Telegram tới
  curl ${json} -d '{"ms":86400000}' ${root}/clock/advance
  curl ${json} -d '{"platform":"telegram","method":"sendMessage","action":{"kind":"cut-after"}}' ${root}/faults/add

Ctrl+C thì dừng, không giữ lại gì.`;
}
