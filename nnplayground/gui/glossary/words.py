"""Words of the field that no registry explains: name, formula if there is one, one sentence."""

from __future__ import annotations

from nnplayground.text import Text

Word = tuple[Text, str, Text]

WORDS: tuple[Word, ...] = (
    (
        Text("accuracy", "精度（正解率）"), "correct / all",
        Text("The share of the samples that the network classifies correctly.", "正しく分類できたデータの割合です。"),
    ),
    (
        Text("activation function", "活性化関数"), "z = f(u)",
        Text(
            "What a unit makes of its weighted input sum; without a non-linear one, many layers can do no more than one.",
            "ユニットが入力総和を出力に変える関数です。非線形でなければ、何層重ねても 1 層と同じことしかできません。",
        ),
    ),
    (
        Text("backpropagation", "誤差逆伝播法"), "∂E/∂W = δ xᵀ,  δₗ = (Wₗ₊₁ᵀ δₗ₊₁) ⊙ f′(uₗ)",
        Text(
            "The chain rule applied from the output back to the input: it gives all gradients in one pass.",
            "合成関数の微分を出力側から入力側へ順に使い、すべての勾配を一度に求める方法です。",
        ),
    ),
    (
        Text("batch normalization", "バッチ正規化"), "x̂ = (x − μ) / √(σ² + ε)",
        Text(
            "Brings the inputs of a layer to mean 0 and variance 1 within each mini-batch, which makes training steadier.",
            "ミニバッチごとに層への入力を平均 0、分散 1 にそろえ、学習を安定させる手法です。",
        ),
    ),
    (
        Text("batch size", "バッチサイズ"), "N",
        Text("How many samples are looked at for one step of learning.", "1 回の更新に使うデータの数です。"),
    ),
    (
        Text("bias", "バイアス"), "b",
        Text(
            "A parameter that is added to the weighted input sum; it moves the point from which a unit becomes active.",
            "入力総和に足すパラメータです。ユニットが反応し始める位置をずらします。",
        ),
    ),
    (
        Text("class label", "クラスラベル"), "k ∈ {0, …, K − 1}",
        Text("The name of the class that a sample belongs to.", "データが属するクラスの名前です。"),
    ),
    (
        Text("classification", "分類"), "k̂ = argmaxₖ yₖ",
        Text("Deciding which of several classes an input belongs to.", "入力がどのクラスに属するかを当てる問題です。"),
    ),
    (
        Text("confusion matrix", "混同行列"), "C[i, j] = #{n : tₙ = i, k̂ₙ = j}",
        Text(
            "A table that counts, for each true class, which class the network answered.",
            "正解のクラスごとに、ネットワークがどのクラスと答えたかを数えた表です。",
        ),
    ),
    (
        Text("convolutional network (CNN)", "畳み込みニューラルネットワーク"), "u = Σ w[i, j] x[h+i, w+j] + b",
        Text(
            "A network whose layers look at small patches of an image with the same weights everywhere.",
            "画像の小さな範囲を、どこでも同じ重みで調べる層を持つネットワークです。",
        ),
    ),
    (
        Text("cross-entropy error", "交差エントロピー誤差"), "E = −Σ tₖ log yₖ",
        Text(
            "A loss for classification: small when the probability of the correct class is near 1.",
            "分類に使う損失です。正解クラスの確率が 1 に近いほど小さくなります。",
        ),
    ),
    (
        Text("data augmentation", "データ拡張"), "x′ = T(x),  t′ = t",
        Text(
            "Shifting, turning or otherwise changing the training data a little, so that the network sees more variety.",
            "訓練データを少しずらしたり回したりして、種類を増やすことです。",
        ),
    ),
    (
        Text("decision boundary", "決定境界"), "yᵢ(x) = yⱼ(x)",
        Text("Where the answer changes from one class to another.", "答えが別のクラスに変わる境目です。"),
    ),
    (
        Text("deep learning", "深層学習（ディープラーニング）"), "y = f_L(… f₂(f₁(x)))",
        Text("Learning with networks of many layers.", "多くの層を重ねたネットワークによる学習です。"),
    ),
    (
        Text("dropout", "ドロップアウト"), "z′ = m ⊙ z / (1 − p),  m ~ {0, 1}",
        Text(
            "Switching off units at random while learning, so that none of them is relied on alone.",
            "学習中にユニットをランダムに休ませ、特定のユニットに頼りすぎないようにする手法です。",
        ),
    ),
    (
        Text("early stopping", "早期終了"), "E_test(t) > min E_test",
        Text(
            "Ending the training when the loss on data that is not trained on no longer falls.",
            "訓練に使わないデータでの損失が下がらなくなったら、学習を終えることです。",
        ),
    ),
    (
        Text("epoch", "エポック"), "samples / N steps",
        Text("One pass through all training data.", "すべての訓練データを一通り使うことです。"),
    ),
    (
        Text("feature map", "特徴マップ"), "z[h, w] = f(Σ w[i, j] x[h+i, w+j] + b)",
        Text(
            "The output of one kernel of a convolutional layer: where in the image its pattern was found.",
            "畳み込み層の 1 つのカーネルの出力です。画像のどこにそのパターンがあるかを表します。",
        ),
    ),
    (
        Text("fine-tuning", "ファイン・チューニング"), "W₀ = W_learnt,  W ← W − η ∂E/∂W",
        Text(
            "Training a network that has already learnt a little further, on other data.",
            "学習済みのネットワークを、別のデータでさらに学習させることです。",
        ),
    ),
    (
        Text("forward propagation", "順伝播"), "u = W x + b,  z = f(u)",
        Text(
            "Computing the output from the input, layer by layer.", "入力から出力へ、層ごとに順に計算することです。"
        ),
    ),
    (
        Text("fully connected layer", "全結合層"), "u = W x + b",
        Text(
            "A layer in which each unit is connected to every unit of the layer before.",
            "すべてのユニットが前の層の全ユニットとつながっている層です。",
        ),
    ),
    (
        Text("generalisation", "汎化"), "E_test − E_train",
        Text(
            "Doing well on data that was not trained on; it is measured with test data.",
            "訓練に使っていないデータでもうまくいくことです。テストデータで測ります。",
        ),
    ),
    (
        Text("gradient", "勾配"), "∇E = (∂E/∂w₁, ∂E/∂w₂, …)",
        Text(
            "The slope of the loss for each parameter: it points to where the loss grows fastest.",
            "パラメータごとの損失の傾きです。損失が最も速く増える向きを指します。",
        ),
    ),
    (
        Text("gradient descent", "勾配降下法"), "w ← w − η ∂E/∂w",
        Text(
            "Changing the parameters a little against the gradient, again and again.",
            "勾配と逆の向きにパラメータを少しずつ動かすことを繰り返す方法です。",
        ),
    ),
    (
        Text("hidden layer", "中間層（隠れ層）"), "z = f(W x + b)",
        Text("A layer between the input and the output layer.", "入力層と出力層の間にある層です。"),
    ),
    (
        Text("hyper-parameter", "ハイパーパラメータ"), "η, N, λ, …",
        Text(
            "A setting that a person chooses and the network does not learn, such as the learning rate.",
            "学習率のように、学習では決まらず人が決める設定です。",
        ),
    ),
    (
        Text("initial weights", "重みの初期値"), "W ~ N(0, σ²)",
        Text(
            "The random weights that the training starts from; too large or too small ones make it hard.",
            "学習を始めるときの乱数の重みです。大きすぎても小さすぎても学習が進みにくくなります。",
        ),
    ),
    (
        Text("kernel (filter)", "カーネル（フィルタ）"), "w[i, j]",
        Text(
            "The small table of weights that a convolutional layer moves over the image.",
            "畳み込み層が画像の上で動かす、小さな重みの表です。",
        ),
    ),
    (
        Text("learning rate", "学習率"), "η",
        Text(
            "How far each step changes the parameters: too small is slow, too large overshoots.",
            "1 回の更新でパラメータを動かす大きさです。小さすぎると遅く、大きすぎると行き過ぎます。",
        ),
    ),
    (
        Text("linearly separable", "線形分離可能"), "wᵀx + b = 0",
        Text(
            "Two classes that a straight line, or a plane, can part.", "2 つのクラスを 1 本の直線（平面）で分けられることです。"
        ),
    ),
    (
        Text("logits", "ロジット"), "u",
        Text(
            "The numbers that go into softmax: any size, the largest one is the answer.",
            "ソフトマックス関数に入る値です。大きさに制限はなく、最大のものが答えになります。",
        ),
    ),
    (
        Text("loss function", "損失関数"), "E",
        Text(
            "One number that says how wrong the network is; learning makes it smaller.",
            "ネットワークの間違いの大きさを表す 1 つの数です。学習とは、これを小さくすることです。",
        ),
    ),
    (
        Text("mini-batch", "ミニバッチ"), "{x₁, …, x_N}",
        Text("The few samples of one step, drawn from the training data.", "訓練データから取り出した、1 回の更新に使う少数のデータです。"),
    ),
    (
        Text("momentum", "モーメンタム"), "v ← αv − ηg,  w ← w + v",
        Text(
            "Keeping part of the previous step, as a rolling ball does.", "転がるボールのように、直前の動きを一部引き継ぐことです。"
        ),
    ),
    (
        Text("neural network", "ニューラルネットワーク"), "y = f₂(W₂ f₁(W₁ x + b₁) + b₂)",
        Text(
            "Layers of simple units whose connections have weights that are learnt.",
            "単純なユニットを層に並べ、つながりの重みを学習するモデルです。",
        ),
    ),
    (
        Text("neuron, unit", "ニューロン、ユニット"), "z = f(Σ wᵢxᵢ + b)",
        Text(
            "Adds up its weighted inputs and its bias, and hands on a function of the sum.",
            "重みを掛けた入力とバイアスを足し、その和を活性化関数に通して次に渡します。",
        ),
    ),
    (
        Text("numerical differentiation", "数値微分"), "(E(w + h) − E(w − h)) / 2h",
        Text(
            "Finding a slope by trying two values close to each other; slow, but good for checking.",
            "近い 2 点の値の差から傾きを求める方法です。遅いですが、検算に役立ちます。",
        ),
    ),
    (
        Text("one-hot vector", "one-hot ベクトル"), "t = (0, …, 1, …, 0)",
        Text("A target with 1 for the correct class and 0 for all others.", "正解クラスだけが 1、ほかは 0 の教師データです。"),
    ),
    (
        Text("overfitting", "過学習"), "E_train ↓,  E_test ↑",
        Text(
            "Learning the training data by heart, so that the test loss grows while the training loss still falls.",
            "訓練データを丸暗記してしまい、訓練損失は下がるのにテスト損失が上がることです。",
        ),
    ),
    (
        Text("parameter", "パラメータ"), "W, b",
        Text("A weight or bias: what the network learns.", "重みやバイアスなど、ネットワークが学習する値です。"),
    ),
    (
        Text("pooling", "プーリング"), "max x[h·s+i, w·s+j]",
        Text(
            "Making an image smaller by keeping one number for each little patch.",
            "小さな範囲ごとに 1 つの値だけを残して、画像を縮めることです。",
        ),
    ),
    (
        Text("probability", "確率"), "0 ≤ y ≤ 1,  Σ y = 1",
        Text("How sure the network is of a class, from 0 to 1.", "ネットワークがそのクラスだと考える度合いで、0 から 1 の値です。"),
    ),
    (
        Text("regression", "回帰"), "y ≈ t,  t ∈ ℝ",
        Text("Predicting a number rather than a class.", "クラスではなく、数値を予測する問題です。"),
    ),
    (
        Text("regularization", "正則化"), "E + λ‖W‖²",
        Text(
            "Adding a price for large weights to the loss, against overfitting.",
            "過学習を防ぐために、大きな重みへの罰を損失に加えることです。",
        ),
    ),
    (
        Text("saliency map", "顕著性マップ"), "∂u/∂x",
        Text("Shows which pixels the answer depends on most.", "答えがどの画素に強く左右されるかを示す図です。"),
    ),
    (
        Text("seed", "乱数シード"), "W₀ = r(seed)",
        Text("The number that random numbers start from: the same seed gives the same run.", "乱数の出発点となる数です。同じシードなら同じ結果になります。"),
    ),
    (
        Text("softmax function", "ソフトマックス関数"), "yₖ = exp(uₖ) / Σ exp(uᵢ)",
        Text("Turns any numbers into probabilities that add up to 1.", "どんな数の組も、合計が 1 の確率に変える関数です。"),
    ),
    (
        Text("step", "ステップ"), "W ← W − η ∂E/∂W",
        Text("One change of the parameters, from one mini-batch.", "1 つのミニバッチによる、1 回のパラメータの更新です。"),
    ),
    (
        Text("test data", "テストデータ"), "{(xₙ, tₙ)}ₙ ∉ train",
        Text("Data kept aside to see how well the network does on what it has not seen.", "学習に使わずに取っておき、初めて見るデータでの出来を調べるデータです。"),
    ),
    (
        Text("training data", "訓練データ"), "{(xₙ, tₙ)},  n = 1, …",
        Text("The data that the network learns from.", "ネットワークの学習に使うデータです。"),
    ),
    (
        Text("validation data", "検証データ"), "train = learn ∪ validate",
        Text("Data for choosing settings, so that the test data stays unseen.", "テストデータを見ずに設定を選ぶためのデータです。"),
    ),
    (
        Text("vanishing gradient", "勾配消失"), "f′(u) ≈ 0",
        Text(
            "Gradients shrink on their way back through many layers, so that the first layers hardly learn.",
            "多くの層を逆にたどるうちに勾配が小さくなり、入力に近い層がほとんど学習しなくなる現象です。",
        ),
    ),
    (
        Text("weight", "重み"), "W",
        Text("How strongly one unit acts upon another: a parameter.", "ユニットから次のユニットへの影響の強さを表すパラメータです。"),
    ),
    (
        Text("weight decay", "荷重減衰"), "w ← w − ηλw",
        Text("Shrinks all weights a little at each step, against overfitting.", "過学習を防ぐために、更新のたびに重みを少しずつ小さくする手法です。"),
    ),
    (
        Text("weighted input sum", "入力総和"), "u = Σ wᵢxᵢ + b",
        Text("What goes into the activation function of a unit.", "ユニットの活性化関数に入る値です。"),
    ),
)  # fmt: skip
