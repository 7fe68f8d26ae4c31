"""Passwords that everybody tries first: a short list of our own, and the shapes they are bent into.

No list from elsewhere: the words below with digits, years and signs around them, letters written as
digits, runs of the keyboard, sequences, repetitions and dates make up what lists of thousands hold.
"""

import re

LIST = """
    password passwd passcode passw pass pwd secret letmein welcome login signin logon hello
    admin administrator root superuser supervisor master manager guest test tester testing demo
    user username default changeme temp system server service public private backup oracle mysql
    postgres sqlserver huawei cisco lenovo windows microsoft google baidu tencent alibaba alipay
    taobao weixin wechat qqqq sina sohu netease china chinese zhongguo beijing shanghai guangzhou
    shenzhen shenyang dalian liaoning panjin liaohe shuangtaizi
    iloveyou loveyou love lovely baby angel princess sunshine shadow dragon monkey tiger football
    baseball basketball superman batman starwars freedom whatever trustno hunter killer ranger
    mustang charlie michael jennifer jordan michelle daniel andrew joshua jessica ashley
    woaini aini woaiwojia laopo laogong baobei zhangsan lisi wangwu wangwei zhangwei liwei
    mima mimamima nihao nihaoma haha hehe xixi woshishui woshiwo meimei tiantian
    kuaile pingan fangfang lili yangyang longlong feifei jiajia
    gov govcn zhengfu zhengwu bangong bangongshi oa oaoa zwfw zhiban keshi danwei renmin
    asdf asdfgh asdfghjkl qwer qwert qwerty qwertyui qwertyuiop zxcv zxcvb zxcvbnm qazwsx qazwsxedc
    spring summer autumn winter monday friday january december birthday family happy lucky
    qaz wsx edc abc abcd abcde abcdef abcdefg aaa xyz asd zxc qwe poiuy lkjhg mnbvc
"""
WORDS = sorted(LIST.split(), key=len, reverse=True)
CHINESE = ("密码", "口令", "管理员", "我爱你", "你好", "测试", "默认", "一二三四", "系统")

UNBENT = tuple(str.maketrans("@430$57!1", f"aaeossti{one}") for one in "li")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
COLUMNS = ("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm")
SHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
DATE = re.compile(r"(?:19|20)\d\d[-./年]?(?:0?[1-9]|1[0-2])[-./月]?(?:0?[1-9]|[12]\d|3[01])日?")
AT_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
FOUND = "\0"
"""Stands where a common thing was found; no password holds it."""

LEAST_RUN = 4
"""A piece of a keyboard row or sequence counts as a run from this length on."""

MOST_LEFT = 2
"""So few letters beside a common word make nothing of it."""


def is_common(password: str) -> bool:
    """Whether a password is one of those that everybody tries first.

    >>> [is_common(each) for each in ("P@ssw0rd2024!", "1qaz@WSX3edc", "20011123zhang", "雨后山路")]
    [True, True, False, False]
    """
    plain = password.casefold()
    return any(is_common_text(text) for text in (plain, plain.translate(SHIFTED)))


def is_common_text(text: str) -> bool:
    """Whether a text in small letters is little more than one common thing, or a few."""
    if is_repetition(text):
        return True
    rest = DATE.sub(FOUND, without_runs(text))
    bent = AT_ENDS.sub("", text)
    spelled = (rest, *(bent.translate(table) for table in UNBENT))
    return any(is_little_more(each) for each in spelled)


def is_little_more(spelled: str) -> bool:
    """Whether, spelled so, common things were found and few letters stay beside them."""
    left = spelled
    for word in (*CHINESE, *WORDS):
        left = left.replace(word, FOUND)
    return FOUND in left and len(re.sub(r"[\W\d_]", "", left)) <= MOST_LEFT


def is_repetition(text: str) -> bool:
    """Whether a text is one short piece again and again: 88888888, abcabcabc."""
    return any(
        len(text) % size == 0 and text == text[:size] * (len(text) // size)
        for size in range(1, len(text) // 2 + 1)
        if size <= LEAST_RUN
    )


def without_runs(text: str) -> str:
    """The text with a mark for each run along the keyboard or the alphabet, either way."""
    lines = [*ROWS, *COLUMNS]
    lines += [line[::-1] for line in lines]
    kept, place = [], 0
    while place < len(text):
        length = max(longest_run(text, place, line) for line in lines)
        if length >= LEAST_RUN:
            kept.append(FOUND)
            place += length
        else:
            kept.append(text[place])
            place += 1
    return "".join(kept)


def longest_run(text: str, place: int, line: str) -> int:
    """How many characters from a place on follow each other in a line of keys."""
    start = line.find(text[place])
    if start < 0:
        return 0
    length = 0
    while (
        place + length < len(text)
        and start + length < len(line)
        and text[place + length] == line[start + length]
    ):
        length += 1
    return length
